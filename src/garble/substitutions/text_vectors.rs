//! The texts of words and phrases, with their vectors and information.

use std::collections::HashMap;

use crate::encode::{Encoder, Vectors};
use crate::error::Result;

/// Distinct texts and their vectors.
#[derive(Default)]
pub(super) struct TextVectors {
    ids: HashMap<String, usize>,
    texts: Vec<String>,
    vectors: Vectors,
    information: Vec<f32>,
}

impl TextVectors {
    /// Adds a text, to be encoded by [`Self::encode_texts`].
    pub(super) fn add_text(&mut self, text: &str) {
        if !self.ids.contains_key(text) {
            self.ids.insert(text.to_owned(), self.texts.len());
            self.texts.push(text.to_owned());
        }
    }

    /// Encodes all texts that were added.
    ///
    /// # Errors
    /// If the encoder cannot read its weights.
    pub(super) fn encode_texts(&mut self, encoder: &dyn Encoder) -> Result<()> {
        self.vectors = encoder.encode_texts(&self.texts.iter().map(String::as_str).collect::<Vec<_>>())?;
        self.information = self.texts.iter().map(|text| encoder.text_information(text)).collect();
        Ok(())
    }

    /// The information of a text, in nats; 0 for one that was not added.
    pub(super) fn text_information(&self, text: &str) -> f32 {
        self.ids.get(text).map_or(0.0, |id| self.information[*id])
    }

    /// The cosine of two texts; 0 where one was not added.
    pub(super) fn text_cosine(&self, a: &str, b: &str) -> f32 {
        let [Some(a), Some(b)] = [a, b].map(|text| self.ids.get(text).map(|id| self.vectors.row_values(*id)))
        else {
            return 0.0;
        };
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }
}
