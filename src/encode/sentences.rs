//! Sentences to vectors, each encoded by itself.

use half::f16;
use half::slice::HalfFloatSliceExt;

use super::batch::EncoderCall;
use super::context::TokenizedText;
use super::forward::WIDTH;
use crate::error::Result;

impl EncoderCall<'_> {
    /// The vectors of the sentences, each encoded by itself, in half precision. Those of common words are read from the
    /// file.
    pub(super) fn encode_sentences(&self, text: &TokenizedText) -> Result<Vec<f16>> {
        let mut out = vec![f16::ZERO; text.sentence_count() * WIDTH];
        let mut missing = Vec::new();
        for (s, row) in out.chunks_exact_mut(WIDTH).enumerate() {
            let known = match text.ids[text.sentence_tokens(s)] {
                [id] => self.file.read_word(id, row)?,
                _ => false,
            };
            missing.extend((!known).then_some(s));
        }
        let vectors = self.encode_sequences(&text.marked_sequences(missing.iter().copied()))?;
        for (s, vector) in missing.iter().zip(vectors.chunks_exact(WIDTH)) {
            out[s * WIDTH..][..WIDTH].convert_from_f32_slice(vector);
        }
        Ok(out)
    }
}
