use super::version::Version;
use crate::align::{Alignment, AlignmentSide, MAX_LEXICON, MAX_WORDS, WordLexicon};
use crate::encode::MAX_TOKENS;

/// Notes on the bounds that this pair reached.
pub(super) fn bound_notes(
    versions: [&Version; 2],
    sides: [&AlignmentSide; 2],
    lexicon: &WordLexicon,
    alignment: &Alignment,
) -> Vec<String> {
    let mut notes = Vec::new();
    for ((name, version), side) in [("A", versions[0]), ("B", versions[1])].into_iter().zip(sides) {
        let long: Vec<usize> = (0..side.len()).filter(|k| side.words[*k].len() > MAX_WORDS).collect();
        for (sentences, bound, unit, rest) in [
            (&long[..], MAX_WORDS, "words", "what follows is not looked up word by word"),
            (
                side.windows.truncated_sentences(),
                MAX_TOKENS,
                "pieces",
                "their meaning is that of their beginning",
            ),
        ] {
            let Some(first) = sentences.first() else { continue };
            let (count, first) = (sentences.len(), version.compared_sentences[*first]);
            notes.push(format!(
                "sentences of {name} with more than {bound} {unit}: {count}, the first is {first}; {rest}"
            ));
        }
    }
    if lexicon.is_cut {
        notes.push(format!("more than {MAX_LEXICON} different words; the last are not looked up"));
    }
    notes.extend(alignment.unmatched_note(sides.map(AlignmentSide::len)));
    notes
}
