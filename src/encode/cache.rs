//! A cache of lexicon entries, which do not depend on a text, from call to call: for a process that encodes many texts.
//!
//! A cached entry has the same bits as a recomputed one, so that no result depends on earlier calls.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::forward::{LexiconRow, TokenLexicon};

/// Most ids whose lexicon entries are cached: 14 KB each. Without a cache a batch of articles of 400 words takes 6 to 8 % longer;
/// four times as many take 20 MB more and save nothing.
const MAX_CACHED_IDS: usize = 512;

/// The cache, shared by all calls of an encoder.
#[derive(Debug, Default)]
pub(super) struct LexiconCache(Mutex<CachedLexicons>);

#[derive(Debug, Default)]
struct CachedLexicons {
    lexicons: Vec<Arc<TokenLexicon>>,
    lexicon_rows: HashMap<u32, LexiconRow>,
    /// Ids of earlier calls. An id is cached from its second call on: most words of a text do not occur in the next one.
    seen_ids: HashSet<u32>,
}

/// The ids of a call, by whether they are cached.
pub(super) struct CacheLookup {
    /// All cached lexicons.
    pub(super) lexicons: Vec<Arc<TokenLexicon>>,
    /// The rows of the ids that are cached.
    pub(super) lexicon_rows: Vec<(u32, LexiconRow)>,
    /// Ids of an earlier call that are not cached, as far as there is room for them.
    pub(super) to_cache: Vec<u32>,
    /// All other ids.
    pub(super) transient: Vec<u32>,
}

impl LexiconCache {
    fn lock_cache(&self) -> MutexGuard<'_, CachedLexicons> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks up `ids`, which ascend, and remembers them.
    pub(super) fn look_up_ids(&self, ids: &[u32]) -> CacheLookup {
        let cached = &mut *self.lock_cache();
        let mut lookup = CacheLookup {
            lexicons: cached.lexicons.clone(),
            lexicon_rows: Vec::new(),
            to_cache: Vec::new(),
            transient: Vec::new(),
        };
        let room = MAX_CACHED_IDS.saturating_sub(cached.lexicon_rows.len());
        for id in ids {
            match cached.lexicon_rows.get(id) {
                Some(row) => lookup.lexicon_rows.push((*id, *row)),
                None if !cached.seen_ids.insert(*id) && lookup.to_cache.len() < room => {
                    lookup.to_cache.push(*id);
                }
                None => lookup.transient.push(*id),
            }
        }
        lookup
    }

    /// Caches lexicons that a call has computed. If another thread has cached the same ids, they are cached twice.
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
