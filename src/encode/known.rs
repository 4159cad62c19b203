//! What an encoder has worked out that does not depend on a text, kept from call to call: for a process that reads many.
//!
//! What is kept has the bits that it would have again, so that no result depends on what was read before.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::forward::{Lexicon, Place};

/// Ids whose lexicon entries are kept: 14 KB each. Without any a batch of articles of 400 words takes 6 to 8 % longer;
/// four times as many take 20 MB more and save nothing.
const LEXICON: usize = 512;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    lexicons: Vec<Arc<Lexicon>>,
    places: HashMap<u32, Place>,
    /// What one call had. What a second one has is kept: the words of a single text are mostly its own.
    seen: HashSet<u32>,
}

/// What is known of the ids of a call.
pub(super) struct Recalled {
    /// All that are kept.
    pub(super) lexicons: Vec<Arc<Lexicon>>,
    /// Where those of the ids are that are in them.
    pub(super) places: Vec<(u32, Place)>,
    /// The others: those that an earlier call had, as far as there is room for them, and the rest.
    pub(super) again: Vec<u32>,
    pub(super) new: Vec<u32>,
}

impl Known {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of `ids`, which ascend.
    pub(super) fn recall(&self, ids: &[u32]) -> Recalled {
        let kept = &mut *self.kept();
        let mut recalled = Recalled {
            lexicons: kept.lexicons.clone(),
            places: Vec::new(),
            again: Vec::new(),
            new: Vec::new(),
        };
        let room = LEXICON.saturating_sub(kept.places.len());
        for id in ids {
            match kept.places.get(id) {
                Some(place) => recalled.places.push((*id, *place)),
                None if !kept.seen.insert(*id) && recalled.again.len() < room => recalled.again.push(*id),
                None => recalled.new.push(*id),
            }
        }
        recalled
    }

    /// Keeps lexicons that a call has filled. Another thread may have kept the same; then they stand there twice.
    pub(super) fn keep(&self, lexicons: &[Arc<Lexicon>]) {
        let mut kept = self.kept();
        for lexicon in lexicons {
            if kept.places.len() + lexicon.ids.len() > LEXICON {
                return;
            }
            let number = kept.lexicons.len() as u32;
            kept.places.extend(lexicon.ids.iter().zip(0..).map(|(id, row)| (*id, (number, row))));
            kept.lexicons.push(lexicon.clone());
        }
    }
}
