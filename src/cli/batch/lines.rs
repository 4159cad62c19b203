//! Reads the lines of a batch from a stream of bytes.

use std::io::{self, BufRead, Read as _};

use crate::article::MAX_ARTICLE_BYTES;

/// Maximum length of a line in bytes, that of an article. A longer line is skipped without being held in memory.
pub(in crate::cli) const MAX_LINE: u64 = MAX_ARTICLE_BYTES;

/// A line that is not empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InputLine {
    /// Line number, from 1.
    pub(super) number: u64,
    /// The line with its line end; `None` where it is longer than [`MAX_LINE`].
    pub(super) bytes: Option<Vec<u8>>,
}

/// Calls `each` with every line that is not empty until it returns false. A byte order mark is removed from the first.
pub(super) fn read_lines(mut input: impl BufRead, mut each: impl FnMut(InputLine) -> bool) -> io::Result<()> {
    for number in 1.. {
        let mut bytes = Vec::new();
        if input.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        let is_whole = bytes.ends_with(b"\n") || bytes.len() as u64 <= MAX_LINE;
        if !is_whole {
            bytes = Vec::new();
            input.skip_until(b'\n')?;
        }
        if number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if is_whole && bytes.trim_ascii().is_empty() {
            continue;
        }
        if !each(InputLine { number, bytes: is_whole.then_some(bytes) }) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<(u64, Option<usize>)> {
        let mut lines = Vec::new();
        read_lines(input, |line| {
            lines.push((line.number, line.bytes.map(|bytes| bytes.len())));
            true
        })
        .unwrap();
        lines
    }

    #[test]
    fn empty_lines_are_counted_and_left_out() {
        assert_eq!(lines(b"\xef\xbb\xbf\n{}\n \r\n\n{\"\"}"), [(2, Some(3)), (5, Some(4))]);
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let longest = MAX_LINE as usize;
        let input = ["x".repeat(longest), "y".repeat(longest + 1), "z".to_owned()].join("\n");
        assert_eq!(lines(input.as_bytes()), [(1, Some(longest + 1)), (2, None), (3, Some(1))]);
    }
}
