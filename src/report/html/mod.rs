//! Pages for people: each one file that loads nothing else.
//!
//! `page.html` is the frame. It contains `report.css` and `report.js` and a policy that lets a browser use these two and
//! nothing else. All content is in the markup; the script filters, highlights and scrolls. Everything that a template
//! prints is escaped by [`SafeText`].

mod articles;
mod check;
mod compare;
mod frame;
mod marks;
mod overview;
mod state;

pub(super) use check::write_check_page;
pub(crate) use compare::MAX_EXPLAINED;
pub use compare::write_html;
pub(crate) use frame::SafeText;
