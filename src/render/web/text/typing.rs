//! How Chinese names are typed: all their sounds in pinyin, as an input method takes them. Which
//! sound is right where stands in [`crate::spelling`].

use pinyin::ToPinyinMulti;

use super::fold::fold;

/// How many readings besides the usual ones a name keeps: enough for every name that people
/// use, few enough that a long name stays short.
const OTHERS: usize = 8;

/// Returns how a name is typed: a word for each of its characters, `/` between the readings of
/// one, such as `zhong/chong qing`. What has no sound is itself; white space and signs are gone.
pub(in crate::render::web) fn typed_as(name: &str) -> String {
    let mut others = OTHERS;
    let sounds = crate::spelling::sounds(name);
    let words = name
        .chars()
        .zip(sounds)
        .filter(|(c, _)| c.is_alphanumeric());
    let words: Vec<String> = words
        .map(|(character, sound)| {
            let readings = readings(fold(character), sound);
            let (first, rest) = readings
                .split_first()
                .map_or(("", &[][..]), |(first, rest)| (first, rest));
            let kept = &rest[..rest.len().min(others)];
            others -= kept.len();
            let mut word = first.to_owned();
            for reading in kept {
                word.push('/');
                word.push_str(reading);
            }
            word
        })
        .collect();
    words.join(" ")
}

/// Returns the readings of a character, first the one that it has in its word.
fn readings(character: char, in_word: Option<String>) -> Vec<String> {
    let Some(sounds) = character.to_pinyin_multi() else {
        return vec![character.to_string()];
    };
    let mut readings: Vec<String> = Vec::from_iter(in_word);
    for sound in sounds {
        let sound = typed(sound.plain());
        // Readings that differ in tone alone are typed alike; the few without a vowel are
        // interjections.
        if !readings.contains(&sound) && sound.contains(['a', 'e', 'i', 'o', 'u', 'v']) {
            readings.push(sound);
        }
    }
    readings
}

/// Returns a sound as it is typed: `ü` lies on the key `v`.
fn typed(sound: &str) -> String {
    sound.replace('ü', "v").replace('ê', "e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_typed_sound_by_sound_with_their_other_readings() {
        assert_eq!(typed_as("AA电池"), "a a dian chi/tuo/che");
        assert_eq!(typed_as("绿萝（旧）"), "lv/lu luo jiu");
        assert_eq!(typed_as("长大"), "zhang/chang da/dai/tai");
        // The sound in the word comes first, as it ranks.
        assert_eq!(typed_as("空调"), "kong tiao/diao");
    }

    #[test]
    fn a_name_keeps_eight_other_readings() {
        let typed = typed_as(&"长大还重行".repeat(4));
        assert_eq!(typed.matches('/').count(), 8, "{typed}");
    }
}
