//! Likeness of articles on the corpus: those of one story against those of two.

use std::fs;
use std::path::PathBuf;

use claimdiff::article::Article;
use claimdiff::encode::{Encoder, Model};
use claimdiff::neighbours::{
    MIN_EVENT_COSINE, MIN_VERSIONS_COSINE, NeighbourPair, beginning_text, find_neighbours,
};

/// The texts of the corpus: story, and what stands for the text.
fn texts() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for story in
        fs::read_dir("corpus").unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        paths.extend(fs::read_dir(story).unwrap().map(|entry| entry.unwrap().path()));
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let read = |path: PathBuf| {
        let article = Article::read(&path.to_string_lossy(), &fs::read(&path).unwrap(), None).unwrap();
        let story = path.parent().unwrap().to_string_lossy().into_owned();
        (story, beginning_text(&article).unwrap())
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn articles_of_one_story_are_nearer_than_those_of_two() {
    let texts = texts();
    let model = Model::open_folder(crate::support::folder()).unwrap();
    let vectors =
        model.encode_texts(&texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>()).unwrap();
    let found = find_neighbours(&vectors, -1.0);
    let (one, two): (Vec<_>, Vec<_>) = found.iter().partition(|pair| texts[pair.a].0 == texts[pair.b].0);
    let at =
        |pairs: &[&NeighbourPair], least: f32| pairs.iter().filter(|pair| pair.likeness >= least).count();
    for least in [0.5, MIN_EVENT_COSINE, 0.6, 0.65, 0.7, MIN_VERSIONS_COSINE, 0.8] {
        println!(
            "from {least:.2} on: {} of {} pairs of one story, {} of {} of two",
            at(&one, least),
            one.len(),
            at(&two, least),
            two.len()
        );
    }
    assert!(at(&one, MIN_EVENT_COSINE) * 20 >= one.len() * 17, "one story");
    assert!(at(&two, MIN_EVENT_COSINE) * 50 <= two.len(), "two stories");
    assert_eq!(at(&two, MIN_VERSIONS_COSINE), 0);
}
