//! Chinese titles in Latin letters, for file names, addresses and orders: 重庆银行 becomes
//! `chongqing-yinhang`.
//!
//! Addresses are made here: whoever changes the words or how syllables are joined moves pages that
//! people have linked to.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// How long a name grows at most, in letters.
const LONGEST: usize = 60;
/// The longest word of the table, in characters.
const LONGEST_WORD: usize = 4;

/// Words that are read otherwise than character by character. The first reading of each
/// character is the usual one; these are the words in which another is right.
const WORDS: &[(&str, &str)] = &[
    // Places
    ("重庆", "chong qing"),
    ("厦门", "xia men"),
    ("蚌埠", "beng bu"),
    ("番禺", "pan yu"),
    ("六安", "lu an"),
    ("长沙", "chang sha"),
    ("长春", "chang chun"),
    ("长江", "chang jiang"),
    ("乐清", "yue qing"),
    ("单县", "shan xian"),
    // 重
    ("重新", "chong xin"),
    ("重复", "chong fu"),
    ("重阳", "chong yang"),
    ("重建", "chong jian"),
    ("重装", "chong zhuang"),
    ("重修", "chong xiu"),
    // 行
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("行情", "hang qing"),
    ("内行", "nei hang"),
    ("同行", "tong hang"),
    ("排行", "pai hang"),
    ("商行", "shang hang"),
    // 长
    ("延长", "yan chang"),
    ("长期", "chang qi"),
    ("长久", "chang jiu"),
    ("长椅", "chang yi"),
    ("长假", "chang jia"),
    ("长途", "chang tu"),
    ("长裤", "chang ku"),
    ("长短", "chang duan"),
    ("特长", "te chang"),
    ("全长", "quan chang"),
    // 乐
    ("音乐", "yin yue"),
    ("乐器", "yue qi"),
    ("乐队", "yue dui"),
    // 调
    ("空调", "kong tiao"),
    ("调整", "tiao zheng"),
    ("调节", "tiao jie"),
    ("调解", "tiao jie"),
    ("调料", "tiao liao"),
    ("协调", "xie tiao"),
    // Single words, by their character
    ("便宜", "pian yi"),
    ("首都", "shou du"),
    ("都市", "du shi"),
    ("成都", "cheng du"),
    ("会计", "kuai ji"),
    ("薄荷", "bo he"),
    ("供给", "gong ji"),
    ("补给", "bu ji"),
    ("给水", "ji shui"),
    ("自给", "zi ji"),
    ("还书", "huan shu"),
    ("归还", "gui huan"),
    ("还款", "huan kuan"),
    ("着火", "zhao huo"),
    ("着急", "zhao ji"),
    ("着凉", "zhao liang"),
    ("了解", "liao jie"),
    ("没收", "mo shou"),
    ("沉没", "chen mo"),
    ("自传", "zi zhuan"),
    ("弹簧", "tan huang"),
    ("弹性", "tan xing"),
    ("盛饭", "cheng fan"),
    ("大夫", "dai fu"),
    ("地壳", "di qiao"),
    ("模样", "mu yang"),
    ("模具", "mu ju"),
    ("提防", "di fang"),
    ("削皮", "xiao pi"),
    ("校对", "jiao dui"),
    ("校正", "jiao zheng"),
    ("包扎", "bao za"),
    ("结扎", "jie za"),
    ("投降", "tou xiang"),
    ("角色", "jue se"),
    ("主角", "zhu jue"),
    ("系鞋带", "ji xie dai"),
    ("系好", "ji hao"),
    ("参差", "cen ci"),
    ("人参", "ren shen"),
    ("海参", "hai shen"),
    ("出差", "chu chai"),
    ("差事", "chai shi"),
    ("的士", "di shi"),
    ("目的", "mu di"),
    ("的确", "di que"),
    ("午觉", "wu jiao"),
    ("睡觉", "shui jiao"),
    ("曾孙", "zeng sun"),
    ("朝霞", "zhao xia"),
    ("倔强", "jue jiang"),
    ("露馅", "lou xian"),
    ("落枕", "lao zhen"),
    ("丢三落四", "diu san la si"),
    ("熨帖", "yu tie"),
    ("秘鲁", "bi lu"),
    ("暖和", "nuan huo"),
    ("搅和", "jiao huo"),
    ("和面", "huo mian"),
    ("粘土", "nian tu"),
    ("否极泰来", "pi ji tai lai"),
];

/// Words that stay whole in a name, read character by character.
const WHOLE: &str = include_str!("words.txt");
/// Characters that are words of their own and go with no neighbour.
const ALONE: &str = "的了在和与不别先再请从到给把被就也都还只让";

/// All words, with their sounds where these are given.
static BY_WORD: LazyLock<BTreeMap<&str, Option<&str>>> = LazyLock::new(|| {
    let whole = WHOLE.split_whitespace().map(|word| (word, None));
    let read = WORDS.iter().map(|(word, sounds)| (*word, Some(*sounds)));
    whole.chain(read).collect()
});

/// Makes a name of lower-case letters, figures and hyphens; empty where the title has nothing
/// that could be spelt so.
///
/// Chinese has no spaces between words. Known words stay whole; of what is left most words have
/// two characters, so two syllables are joined, and the odd one goes with the two before it.
pub fn name(title: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut singles: Vec<String> = Vec::new();
    let mut latin = String::new();
    for part in parts(title).into_iter().chain([Part::Written(' ')]) {
        match part {
            Part::Written(c) if c.is_ascii_alphanumeric() => {
                words.append(&mut pairs(&mut singles));
                latin.push(c.to_ascii_lowercase());
                continue;
            }
            Part::Single(sound) => singles.push(sound),
            Part::Word(sounds) => {
                words.append(&mut pairs(&mut singles));
                words.extend((!latin.is_empty()).then(|| std::mem::take(&mut latin)));
                words.push(sounds.concat());
            }
            Part::Written(_) => words.append(&mut pairs(&mut singles)),
        }
        words.extend((!latin.is_empty()).then(|| std::mem::take(&mut latin)));
    }
    limited(&words)
}

/// Returns what a list is sorted by: Chinese by its sound, all else by its small letters.
pub fn sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for part in parts(title) {
        match part {
            Part::Word(sounds) => sounds.iter().for_each(|sound| key.extend([sound, " "])),
            Part::Single(sound) => key.extend([&*sound, " "]),
            Part::Written(c) => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// A piece of a title.
enum Part {
    /// A word in Chinese, by its syllables.
    Word(Vec<String>),
    /// A Chinese character that belongs to no known word.
    Single(String),
    /// Any other character.
    Written(char),
}

fn parts(title: &str) -> Vec<Part> {
    let chars: Vec<char> = title.chars().collect();
    let mut parts = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let (length, part) = match (word_at(&chars[at..]), sound(c)) {
            (Some(word), _) => word,
            (None, Some(sound)) if ALONE.contains(c) => (1, Part::Word(vec![sound])),
            (None, Some(sound)) => (1, Part::Single(sound)),
            (None, None) => (1, Part::Written(c)),
        };
        parts.push(part);
        at += length;
    }
    parts
}

/// Finds the longest word with which `chars` begin.
fn word_at(chars: &[char]) -> Option<(usize, Part)> {
    (2..=LONGEST_WORD.min(chars.len())).rev().find_map(|n| {
        let word: String = chars[..n].iter().collect();
        let syllables = match BY_WORD.get(word.as_str())? {
            Some(sounds) => sounds.split(' ').map(str::to_owned).collect(),
            None => chars[..n].iter().copied().filter_map(sound).collect(),
        };
        Some((n, Part::Word(syllables)))
    })
}

/// Returns the usual reading of a Chinese character.
fn sound(c: char) -> Option<String> {
    c.to_pinyin().map(|pinyin| pinyin.plain().replace('ü', "v"))
}

/// Joins syllables to words of two, the last of three where they are odd.
fn pairs(syllables: &mut Vec<String>) -> Vec<String> {
    let mut words = Vec::new();
    while !syllables.is_empty() {
        let length = if syllables.len() == 3 {
            3
        } else {
            2.min(syllables.len())
        };
        words.push(syllables.drain(..length).collect());
    }
    words
}

/// Puts hyphens between as many words as a name takes.
fn limited(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if !name.is_empty() && name.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        for (title, spelt) in [
            ("冬季取暖安全", "dongji-qunuan-anquan"),
            ("除四害", "chusihai"),
            ("五月除四害", "wuyue-chusihai"),
            ("绿色", "lvse"),
            ("树", "shu"),
            ("“六五”环境日（2026）", "liuwu-huanjingri-2026"),
            ("LED 屏怎么用", "led-ping-zenme-yong"),
            ("84和洁厕灵分开放", "84-he-jieceling-fenkaifang"),
            ("电动车电池不进楼", "diandongche-dianchi-bu-jinlou"),
            ("Winter heating: safe?", "winter-heating-safe"),
            ("！？", ""),
        ] {
            assert_eq!(name(title), spelt, "{title}");
        }
        assert!(name(&"冬季取暖安全".repeat(20)).len() <= LONGEST);
    }

    #[test]
    fn words_of_several_readings_are_read_as_words() {
        for (title, spelt) in [
            ("重庆银行", "chongqing-yinhang"),
            ("去重庆银行", "qu-chongqing-yinhang"),
            ("重要的事", "zhongyao-de-shi"),
            ("空调先洗滤网", "kongtiao-xianxi-lvwang"),
            ("垃圾分类知晓率", "laji-fenlei-zhixiaolv"),
            ("给家长的调查", "gei-jiazhang-de-diaocha"),
            ("行人走人行道", "xingren-zouren-xingdao"),
        ] {
            assert_eq!(name(title), spelt, "{title}");
        }
    }

    #[test]
    fn the_table_is_well_formed() {
        for (word, sounds) in WORDS {
            assert_eq!(word.chars().count(), sounds.split(' ').count(), "{word}");
            assert!((2..=LONGEST_WORD).contains(&word.chars().count()), "{word}");
        }
        let usual = |word: &str| {
            let sounds = word.chars().filter_map(|c| c.to_pinyin());
            let sounds: Vec<&str> = sounds.map(|sound| sound.plain()).collect();
            sounds.join(" ").replace('ü', "v")
        };
        let needless: Vec<&str> = WORDS
            .iter()
            .filter(|(word, sounds)| usual(word) == *sounds)
            .map(|(word, _)| *word)
            .collect();
        assert_eq!(needless, [""; 0], "read so character by character");
    }

    #[test]
    fn lists_are_sorted_by_sound() {
        let mut titles = ["重庆", "安全", "abc", "北京", "垃圾"];
        titles.sort_by_key(|title| sort_key(title));
        assert_eq!(titles, ["abc", "安全", "北京", "重庆", "垃圾"]);
    }
}
