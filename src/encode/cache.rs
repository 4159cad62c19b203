//! What an encoder has worked out that does not depend on a text, kept from call to call: for a process that reads many.
//!
//! What is kept has the bits that it would have again, so that no result depends on what was read before.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::forward::{LexiconRow, TokenLexicon};

/// Ids whose lexicon entries are kept: 14 KB each. Without any a batch of articles of 400 words takes 6 to 8 % longer;
/// four times as many take 20 MB more and save nothing.
const MAX_CACHED_IDS: usize = 512;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct LexiconCache(Mutex<CachedLexicons>);

#[derive(Debug, Default)]
struct CachedLexicons {
    lexicons: Vec<Arc<TokenLexicon>>,
    lexicon_rows: HashMap<u32, LexiconRow>,
    /// What one call had. What a second one has is kept: the words of a single text are mostly its own.
    seen_ids: HashSet<u32>,
}

/// What is known of the ids of a call.
pub(super) struct CacheLookup {
    /// All that are kept.
    pub(super) lexicons: Vec<Arc<TokenLexicon>>,
    /// Where those of the ids are that are in them.
    pub(super) lexicon_rows: Vec<(u32, LexiconRow)>,
    /// The others: those that an earlier call had, as far as there is room for them, and the rest.
    pub(super) to_cache: Vec<u32>,
    pub(super) transient: Vec<u32>,
}

impl LexiconCache {
    fn lock_cache(&self) -> MutexGuard<'_, CachedLexicons> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of `ids`, which ascend.
    pub(super) fn look_up_ids(&self, ids: &[u32]) -> CacheLookup {
        let kept = &mut *self.lock_cache();
        let mut recalled = CacheLookup {
            lexicons: kept.lexicons.clone(),
            lexicon_rows: Vec::new(),
            to_cache: Vec::new(),
            transient: Vec::new(),
        };
        let room = MAX_CACHED_IDS.saturating_sub(kept.lexicon_rows.len());
        for id in ids {
            match kept.lexicon_rows.get(id) {
                Some(place) => recalled.lexicon_rows.push((*id, *place)),
                None if !kept.seen_ids.insert(*id) && recalled.to_cache.len() < room => {
                    recalled.to_cache.push(*id)
                }
                None => recalled.transient.push(*id),
            }
        }
        recalled
    }

    /// Keeps lexicons that a call has filled. Another thread may have kept the same; then they stand there twice.
    pub(super) fn store_lexicons(&self, lexicons: &[Arc<TokenLexicon>]) {
        let mut kept = self.lock_cache();
        for lexicon in lexicons {
            if kept.lexicon_rows.len() + lexicon.ids.len() > MAX_CACHED_IDS {
                return;
            }
            let number = kept.lexicons.len() as u32;
            kept.lexicon_rows.extend(lexicon.ids.iter().zip(0..).map(|(id, row)| (*id, (number, row))));
            kept.lexicons.push(lexicon.clone());
        }
    }
}
