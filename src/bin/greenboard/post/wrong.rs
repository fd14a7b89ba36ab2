//! What is wrong with what the command line names, in words.

use greenboard::workspace::{Named, Wrong};

use super::{Exit, Session, usage, words};

/// Says what is wrong, and what can be named.
pub fn say(session: &Session, wrong: &Wrong) -> Exit {
    let say = |phrase, values: &[&str]| session.terminal.say(phrase, values);
    let (what, hints) = match wrong {
        Wrong::Unknown { what, name, .. } => {
            let phrase = match what {
                Named::Board => words::UNKNOWN_BOARD,
                Named::Poster => words::UNKNOWN_POSTER,
                Named::Person => words::UNKNOWN_PERSON,
            };
            (say(phrase, &[name]), hints(session, wrong))
        }
        Wrong::Slot {
            board,
            slot,
            is_fixed,
            free,
        } => {
            let phrase = match is_fixed {
                true => words::FIXED_SLOT,
                false => words::UNKNOWN_SLOT,
            };
            let listed = say(words::ONE_OF, &[&free.join(", ")]);
            (say(phrase, &[board, slot]), vec![listed])
        }
        Wrong::Exception(text) => {
            let what = say(words::BAD_VALUE, &["--except", text]);
            (what, vec![say(words::EXCEPT_FORM, &[])])
        }
        Wrong::Nobody(keeper) => {
            let example = format!("--by {}", keeper.as_deref().unwrap_or("陈立"));
            let hint = say(words::EXAMPLE, &[&example]);
            (say(words::MISSING, &["--by"]), vec![hint])
        }
        Wrong::NotBegun(period) => (say(words::NOT_BEGUN, &[&period.to_string()]), vec![]),
        Wrong::Later(on) => (say(words::LATER_DAY, &[&on.to_string()]), vec![]),
        Wrong::Outside(on, period) => {
            let values = [&*on.to_string(), &*period.to_string()];
            (say(words::OUTSIDE_PERIOD, &values), vec![])
        }
    };
    usage(session, &what, &hints)
}

/// Returns what may have been meant, and all that there is where that is listed.
pub fn hints(session: &Session, wrong: &Wrong) -> Vec<String> {
    let Wrong::Unknown { nearest, known, .. } = wrong else {
        return Vec::new();
    };
    let say = |phrase, value: &str| session.terminal.say(phrase, &[value]);
    let nearest = nearest.as_ref();
    let nearest = nearest.map(|nearest| say(words::DID_YOU_MEAN, nearest));
    let listed = (!known.is_empty()).then(|| say(words::ONE_OF, &known.join(", ")));
    nearest.into_iter().chain(listed).collect()
}
