/// The bytes in hexadecimal, two lower-case digits each.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(b"0123456789abcdef"[usize::from(half)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_two_digits() {
        assert_eq!(to_hex(&[0, 9, 10, 0xfe]), "00090afe");
        assert_eq!(to_hex(&[]), "");
    }
}
