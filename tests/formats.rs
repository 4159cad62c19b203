//! Every form in which articles are found gives the same article, and no file of any form does harm.

use std::fmt::Write as _;
use std::io::Write as _;

use claimdiff::ErrorKind;
use claimdiff::article::{Article, BlockShape, MAX_ARTICLE_BYTES, Role};
use claimdiff::text::Lang;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const TITLE: &str = "Fähre nach Brekum fällt bis Ostern aus";
const FIRST: &str = "Die Fähre nach Brekum fährt bis Ostern nicht, wie die Reederei am Montag mitteilte.";
const SECOND: &str = "Die Reparatur der Welle kostet 1,2 Millionen Euro und dauert mindestens acht Wochen.";

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    Article::read(name, bytes.as_ref(), None).unwrap()
}

fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let error = Article::read(name, bytes.as_ref(), None).unwrap_err();
    assert_eq!(error.error_kind(), ErrorKind::Input);
    assert!(error.advice_text().is_some(), "{error} says not what to do");
    let said = error.to_string();
    assert!(said.starts_with(&format!("{name}: ")), "{said}");
    said[name.len() + 2..].to_owned()
}

/// The texts of the blocks of a role.
fn texts(article: &Article, role: Role) -> Vec<&str> {
    article.blocks.iter().filter(|b| b.role == role).map(|b| b.span.slice(&article.text)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn docx(document: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("word/document.xml", options).unwrap();
    archive.write_all(document.as_bytes()).unwrap();
    archive.start_file("docProps/core.xml", options).unwrap();
    let core = "<cp:coreProperties><dc:creator>Wiebke Harms</dc:creator>\
        <dcterms:created>2024-02-05T09:00:00Z</dcterms:created></cp:coreProperties>";
    archive.write_all(core.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

/// The same report in every form; each names its author and its day where the form can.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let html = format!(
        "<!doctype html><html lang=de><head><title>{TITLE} | Küstenbote</title>\
         <meta name=author content='Wiebke Harms'><meta name=date content=2024-02-05></head>\
         <body><nav><a href=/>Start</a></nav><h1>{TITLE}</h1><p>{FIRST}<p>{SECOND}</body></html>"
    );
    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel><title>Küstenbote</title>\
         <language>de-de</language><item><title>{TITLE}</title><dc:creator>Wiebke Harms</dc:creator>\
         <pubDate>Mon, 05 Feb 2024 09:00:00 +0100</pubDate><description>Kurz</description>\
         <content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Küstenbote</title><entry><title>{TITLE}</title>\
         <author><name>Wiebke Harms</name></author><published>2024-02-05T09:00:00Z</published>\
         <content type='xhtml'><div xmlns='x'><p>{FIRST}</p><p>{SECOND}</p></div></content></entry></feed>"
    );
    let escaped = format!(
        "<feed><entry><title>{TITLE}</title><author><name>Wiebke Harms</name></author>\
         <published>2024-02-05</published>\
         <content type='html'>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"
    );
    let nitf = format!(
        "<?xml version='1.0'?><nitf><head><docdata><date.issue norm='20240205T090000Z'/></docdata></head><body>\
         <body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>Von Wiebke Harms</byline></body.head>\
         <body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf>"
    );
    let newsml = format!(
        "<newsItem xml:lang='de'><contentMeta><contentCreated>2024-02-05T09:00:00+01:00</contentCreated>\
         <by>Wiebke Harms</by><headline>{TITLE}</headline></contentMeta><contentSet><inlineXML>\
         <html><body><p>{FIRST}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>"
    );
    let json = serde_json::json!({"@type": "NewsArticle", "headline": TITLE, "author": {"name": "Wiebke Harms"},
        "datePublished": "2024-02-05T09:00:00+01:00", "articleBody": format!("{FIRST}\n\n{SECOND}")});
    let word = docx(&format!(
        "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{FIRST}</w:t></w:r><w:del><w:r><w:delText>Gestrichen.</w:delText></w:r></w:del></w:p>\
         <w:p><w:r><w:t>{SECOND}</w:t></w:r></w:p></w:body></w:document>"
    ));
    vec![
        ("a.html", html.clone().into_bytes()),
        ("-", html.clone().into_bytes()),
        ("a.html.gz", gzip(html.as_bytes())),
        ("rss.xml", rss.clone().into_bytes()),
        ("-", rss.into_bytes()),
        ("atom.xml", atom.into_bytes()),
        ("escaped.xml", escaped.into_bytes()),
        ("nitf.xml", nitf.into_bytes()),
        ("newsml.xml", newsml.into_bytes()),
        ("a.json", json.to_string().into_bytes()),
        ("-", json.to_string().into_bytes()),
        ("a.docx", word),
    ]
}

#[test]
fn each_form_gives_the_article() {
    for (name, bytes) in forms() {
        let article = read(name, bytes);
        assert_eq!(article.headline_text(), Some(TITLE), "{name}");
        assert_eq!(texts(&article, Role::Body), [FIRST, SECOND], "{name}");
        assert_eq!(article.lang, Lang::DE, "{name}");
        assert_eq!(article.meta.published.as_deref(), Some("2024-02-05"), "{name}");
        if name != "nitf.xml" {
            assert_eq!(article.meta.author.as_deref(), Some("Wiebke Harms"), "{name}");
        }
        assert!(!article.verbatim && article.notes.is_empty(), "{name} {:?}", article.notes);
    }
    let plain = read("a.txt.gz", gzip(format!("{TITLE}\n\n{FIRST}").as_bytes()));
    assert_eq!((texts(&plain, Role::Body), plain.verbatim), (vec![FIRST], false));
}

#[test]
fn of_several_items_the_first_is_read_and_that_is_said() {
    let item = |title: &str| format!("<item><title>{title}</title><description>{FIRST}</description></item>");
    let feed = format!("<rss><channel>{}{}</channel></rss>", item("Eins"), item("Zwei"));
    let article = read("feed.xml", feed);
    assert_eq!(article.headline_text(), Some("Eins"));
    assert_eq!(
        article.notes,
        [
            "a feed of 2 items; the first is read (\"Eins\"), the others are left out",
            "the item holds a summary only, not the whole article"
        ]
    );
}

#[test]
fn what_holds_no_article_is_refused() {
    for (name, text, what) in [
        ("a.xml", "<rss><channel></channel></rss>", "a feed without an item"),
        ("a.xml", "<svg></svg>", "XML of an unknown kind"),
        ("a.xml", "<rss><channel></rss>", "not well-formed XML"),
        ("a.xml", "just text", "XML without an element"),
        ("a.json", "{", "not JSON"),
        ("a.json", "{\"name\": \"x\"}", "JSON without an article"),
        ("a.json", "{\"@type\": \"NewsArticle\", \"headline\": \"x\"}", "an article without articleBody"),
        ("a.html", "<html><body><img src=x></body></html>", "no text in it"),
        ("a.html", "<script>alert('no text')</script>", "no text in it"),
    ] {
        let said = refused(name, text);
        assert!(said.starts_with(what), "{said}");
    }
    assert!(refused("a.gz", b"\x1f\x8b\x08\x00cut").starts_with("the packed file is damaged"));
    assert_eq!(refused("a.gz", gzip(&gzip(b"x"))), "a gzip file in a gzip file");
    assert!(refused("a.docx", b"PK\x03\x04\x14\0").starts_with("a zip archive or office document"));
    assert!(refused("a.docx", docx("<w:document><w:p>")).starts_with("no text in it"));
}

#[test]
fn blocks_of_a_page_keep_their_marks() {
    let page = "<h1>Rates rise again in Torvik</h1><p>The bank of Torvik raised its rates on Monday for the fourth time in a row this year.</p>\
        <h2>What it means</h2><ul><li>Loans cost more</li><li>Savings earn more</li></ul>\
        <blockquote>We had no choice but to act at once, and we will do so again if we have to.</blockquote>\
        <figure><img><figcaption>The bank in Torvik</figcaption></figure>\
        <table><tr><th>Year<th>Rate<tr><td>2023<td>4.5</table>";
    let article = read("a.html", page);
    let shapes: Vec<(Role, BlockShape)> = article.blocks.iter().map(|b| (b.role, b.shape)).collect();
    let body = |shape| (Role::Body, shape);
    assert_eq!(
        shapes,
        [
            (Role::Headline, BlockShape::Heading),
            body(BlockShape::Text),
            body(BlockShape::Heading),
            body(BlockShape::Item),
            body(BlockShape::Item),
            body(BlockShape::Quote),
            (Role::Caption, BlockShape::Text),
            body(BlockShape::Text),
            body(BlockShape::Text),
        ]
    );
    assert!(article.text.ends_with("Year\tRate\n\n2023\t4.5"), "{:?}", article.text);
}

#[test]
fn a_declared_encoding_is_read() {
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let page = format!("<html><head><meta charset='iso-8859-1'></head><body><p>{FIRST}</p></body></html>");
    let article = read("a.html", latin(&page));
    assert_eq!(texts(&article, Role::Body), [FIRST]);
    let item = format!("<item><title>Fähre</title><description>{FIRST}</description></item>");
    let feed =
        latin(&format!("<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel>{item}</channel></rss>"));
    assert_eq!(texts(&read("a.xml", feed), Role::Body), [FIRST]);
    // Greek by declaration alone: detection would need more text.
    let greek =
        [&b"<meta charset=iso-8859-7><p>"[..], &[0xca, 0xe1, 0xeb, 0xe7, 0xec, 0xdd, 0xf1, 0xe1]].concat();
    assert_eq!(read("a.html", greek).text, "Καλημέρα");
}

#[test]
fn a_wrong_encoding_and_turned_text_are_said() {
    let wrong: String = FIRST.bytes().map(char::from).collect();
    let notes = read("a.txt", format!("{wrong} {FIRST}")).notes;
    assert!(notes.iter().any(|n| n.starts_with("UTF-8 that was read as Windows-1252")), "{notes:?}");
    let notes = read("a.txt", format!("{FIRST} \u{202e}abc\u{202c}")).notes;
    assert!(notes.iter().any(|n| n.contains("turn the direction of text (2)")), "{notes:?}");
    assert!(read("a.txt", FIRST).notes.is_empty());
}

#[test]
fn languages_of_article_and_block() {
    let english = "\"We have waited for this ship for two years, and now we are told to wait until next spring again,\" \
        said the captain of the old ferry, who has served on it since 1998.";
    let article = read("a.txt", format!("{TITLE}\n\n{FIRST} {SECOND}\n\n{english}\n\n{SECOND} {FIRST}"));
    let langs: Vec<Lang> = article.blocks.iter().map(|b| b.lang).collect();
    assert_eq!((article.lang, langs), (Lang::DE, vec![Lang::DE, Lang::DE, Lang::EN, Lang::DE]));
    let declared =
        Article::read("a.txt", format!("{FIRST}\n\n{english}").as_bytes(), Some(Lang::DE)).unwrap();
    assert!(declared.blocks.iter().all(|b| b.lang == Lang::DE));
    let page = format!(
        "<html lang=de><p>{FIRST}</p><p>{SECOND}</p><blockquote lang=en>No comment, he said.</blockquote>"
    );
    assert_eq!(read("a.html", page).blocks[2].lang, Lang::EN);
    // What the page says counts where the text is too short, and is doubted where the text says otherwise.
    assert_eq!(read("a.html", "<html lang=fr><p>Oui, non.</p>").lang, Lang::FR);
    let doubted = read("a.html", format!("<html lang=en><p>{FIRST} {SECOND}</p>"));
    assert_eq!(doubted.notes, ["the file says that its language is en; it reads as de"]);
    let short = read("a.txt", "Ja.");
    assert!(short.notes[0].starts_with("the text is too short to detect its language"), "{:?}", short.notes);
    let spanish = "El alcalde de la ciudad dijo el lunes que las obras del puerto empezarán en la primavera del próximo año.";
    let article = read("a.txt", spanish);
    assert_eq!(article.lang.code(), "es");
    assert!(
        article.notes[0].starts_with("the language is es, so its claims are not read"),
        "{:?}",
        article.notes
    );
}

#[test]
fn a_bomb_is_not_unpacked() {
    let much = vec![b'a'; 200 << 20];
    for (name, bytes) in [("a.gz", gzip(&much)), ("a.docx", docx(&String::from_utf8(much.clone()).unwrap()))]
    {
        assert!(bytes.len() < 1 << 20);
        assert_eq!(refused(name, bytes), "unpacks to more than 16 MiB");
    }
}

#[test]
fn deep_and_endless_markup_is_bounded() {
    let most = usize::try_from(MAX_ARTICLE_BYTES).unwrap();
    let filled = |piece: &str| piece.repeat(most / piece.len());
    assert_eq!(refused("a.html", "<div>".repeat(20 << 20)), "larger than 16 MiB");
    assert_eq!(refused("a.html", filled("<div>")), "no text in it");
    for piece in ["<b><p>x", "<li>x", "<tr><td>x"] {
        assert_eq!(refused("a.html", filled(piece)), "more than 400000 elements of markup", "{piece}");
    }
    assert!(
        refused("a.xml", format!("<nitf><body>{}", "<p>".repeat(1 << 20))).starts_with("more than 400000")
    );
    assert!(refused("a.json", "[".repeat(1 << 20)).starts_with("not JSON"));
    let deep = |open: &str, close: &str| {
        let page = format!("{}<p>{FIRST}</p>{}<p>{SECOND}</p>", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(texts(&read("a.html", page), Role::Body), [FIRST, SECOND], "{open}");
    };
    deep("<div>", "</div>");
    deep("<span>", "</span>");
    deep("<ul><li>", "</li></ul>");
    deep("<table><tr><td>", "</td></tr></table>");
    deep("<b>", "");
    let mut attributes = String::from("<p ");
    for k in 0..200_000 {
        write!(attributes, "a{k}=1 ").unwrap();
    }
    assert_eq!(texts(&read("a.html", format!("{attributes}>{FIRST}")), Role::Body), [FIRST]);
    // An entity that grows is left as it stands.
    let entity = "<!DOCTYPE nitf [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>";
    let grown = read("a.xml", format!("{entity}<nitf><body><p>{FIRST} &b;&b;</p></body></nitf>"));
    assert_eq!(grown.text, format!("{FIRST} &b;&b;"));
}

#[test]
fn nul_and_lone_surrogates_do_no_harm() {
    assert_eq!(refused("a.html", "<p>a\0b</p>"), "binary, not text");
    let mut units: Vec<u16> = FIRST.encode_utf16().collect();
    units.insert(5, 0xd800);
    units.push(0xdc00);
    let bytes: Vec<u8> = [0xfeff].into_iter().chain(units).flat_map(u16::to_le_bytes).collect();
    let article = read("a.txt", bytes);
    assert_eq!(article.text.matches('\u{fffd}').count(), 2);
    assert!(article.notes[0].contains("some bytes are damaged"), "{:?}", article.notes);
}

#[test]
fn nothing_shown_is_lost_and_nothing_hidden_is_told() {
    let page = "<body><script>var a = 'script';</script><style>b {}</style><template>template</template>\
        <svg><text>drawing</text></svg><!-- comment --><p>One<br>two <b>bo<i>th</b> three</i></p>four\
        <p hidden>hidden</p><noscript>no script</noscript><select><option>choice</select></body>";
    let article = read("a.html", page);
    assert_eq!(article.text, "One\ntwo both three\n\nfour\n\nhidden\n\nno script");
    assert_eq!(article.blocks[3].reason, Some("hidden on the page"));
}

const MARKUP: [&str; 34] = [
    "<p>",
    "</p>",
    "<div class='related'>",
    "</div>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<br>",
    "<h1>",
    "</h1>",
    "<script>",
    "</script>",
    "<title>",
    "</title>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#0;",
    "<article>",
    "<form>",
    "<input>",
    "<span hidden>",
    "A sentence that is long enough to be a paragraph of its own, with some 40 more words in it than others.",
    "\u{202e}é",
];

fn holds(article: &Article) {
    let mut at = 0;
    for block in &article.blocks {
        assert!(article.text[at..block.span.start].trim_matches('\u{feff}').trim().is_empty());
        let inner = block.span.slice(&article.text);
        assert!(!inner.is_empty() && inner.trim() == inner);
        assert_eq!(block.role == Role::Body, block.reason.is_none());
        at = block.span.end;
    }
    assert!(article.text[at..].trim().is_empty());
}

proptest! {
    // The gate asks the same files each time.
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn any_markup_is_read(
        parts in proptest::collection::vec(prop::sample::select(MARKUP.to_vec()), 0..60),
        head in prop::sample::select(vec!["", "<!doctype html>", "<?xml version='1.0'?><rss><item>", "<nitf><body>"]),
        name in prop::sample::select(vec!["a.html", "a.xml", "a.txt", "a.json"]),
    ) {
        if let Ok(article) = Article::read(name, format!("{head}{}", parts.concat()).as_bytes(), None) {
            holds(&article);
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        which in 0..12_usize,
        cut in 0.0..1.0,
        changes in proptest::collection::vec((0.0..1.0, any::<u8>()), 0..8),
    ) {
        let (name, mut bytes) = forms().swap_remove(which);
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        for (place, byte) in changes {
            let at = (bytes.len() as f64 * place) as usize;
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
        }
        if let Ok(article) = Article::read(name, &bytes, None) {
            holds(&article);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        start in prop::sample::select(vec![&b""[..], b"<", b"{", b"\x1f\x8b\x08\0", b"PK\x03\x04", b"\xff\xfe", b"<?xml"]),
        rest in proptest::collection::vec(any::<u8>(), 0..300),
        name in prop::sample::select(vec!["a", "a.html", "a.xml", "a.json", "a.docx", "a.gz", "a.md"]),
    ) {
        if let Ok(article) = Article::read(name, &[start, &rest[..]].concat(), None) {
            holds(&article);
        }
    }
}
