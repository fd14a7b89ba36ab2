//! Chinese titles in Latin letters, for file names, addresses and orders: 重庆银行 becomes
//! `chongqing-yinhang`.
//!
//! Addresses are made here: whoever changes the words or how syllables are joined moves pages that
//! people have linked to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// Returns `name` in the letters by which systems compare names that don't tell capitals apart.
pub fn folded(name: &str) -> Cow<'_, str> {
    let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match name.bytes().all(is_small) {
        true => Cow::Borrowed(name),
        false => Cow::Owned(name.to_lowercase()),
    }
}

/// How long a name grows at most, in letters.
const LONGEST: usize = 60;
/// The longest word of the table, in characters.
const LONGEST_WORD: usize = 4;

/// Words in which characters sound otherwise than alone, with their sounds.
const READINGS: &str = include_str!("readings.txt");

/// Words that stay whole in a name, read character by character.
const WHOLE: &str = include_str!("words.txt");
/// Characters that are words of their own and go with no neighbour.
const ALONE: &str = "的了在和与不别先再请从到给把被就也都还只让";

/// Surnames that sound otherwise than the character does in words.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('查', "zha"),
    ('翟', "zhai"),
    ('缪', "miao"),
    ('覃', "qin"),
    ('区', "ou"),
    ('盖', "ge"),
    ('朴', "piao"),
    ('乐', "yue"),
    ('员', "yun"),
    ('种', "chong"),
    ('召', "shao"),
    ('折', "she"),
    ('繁', "po"),
    ('句', "gou"),
    ('秘', "bi"),
    ('藏', "zang"),
    ('洗', "xian"),
];
/// What a person is called by behind the surname.
const CALLED: [&str; 16] = [
    "先生", "女士", "老师", "师傅", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "叔叔", "大姐", "大哥",
    "大叔", "医生", "律师", "警官",
];
/// What a person is called by behind the whole name.
const FORMAL: [&str; 2] = ["先生", "女士"];

/// All words, with their sounds where these are given.
static BY_WORD: LazyLock<BTreeMap<&str, Option<&str>>> = LazyLock::new(|| {
    let whole = WHOLE.split_whitespace().map(|word| (word, None));
    whole
        .chain(readings().map(|(word, sounds)| (word, Some(sounds))))
        .collect()
});

fn readings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = READINGS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' '))
}

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

/// Turns a full-width letter, figure or sign into its usual form.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Returns how each character of `text` sounds in its words; `None` for what is not Chinese.
pub fn sounds(text: &str) -> Vec<Option<String>> {
    let of_part = |part: Part| match part {
        Part::Word(sounds) => sounds.into_iter().map(Some).collect(),
        Part::Single(sound) => vec![Some(sound)],
        Part::Written(_) => vec![None],
    };
    parts(text).into_iter().flat_map(of_part).collect()
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
    let chars: Vec<char> = title.chars().map(narrow).collect();
    let mut parts = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let sound = || {
            surname_at(&chars, at)
                .map(str::to_owned)
                .or_else(|| sound(c))
        };
        let (length, part) = match (word_at(&chars[at..]), sound()) {
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

/// Returns the sound of a surname that stands at `at`: behind it, or behind the name of one or two
/// characters that begins there, stands what a person is called by.
fn surname_at(chars: &[char], at: usize) -> Option<&'static str> {
    let (_, sound) = SURNAMES.iter().find(|(name, _)| *name == chars[at])?;
    let stands = |from: usize, word: &&str| {
        let rest = chars.get(from..).unwrap_or_default();
        word.chars().zip(rest).filter(|(a, b)| a == *b).count() == word.chars().count()
    };
    let begins = at == 0 || !is_chinese(chars[at - 1]);
    let whole = || {
        begins
            && FORMAL
                .iter()
                .any(|it| stands(at + 2, it) || stands(at + 3, it))
    };
    (CALLED.iter().any(|it| stands(at + 1, it)) || whole()).then_some(*sound)
}

fn is_chinese(c: char) -> bool {
    c.to_pinyin().is_some()
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
    let ours = BY_WORD.get(&*c.encode_utf8(&mut [0; 4])).copied().flatten();
    let usual = || c.to_pinyin().map(|pinyin| pinyin.plain().replace('ü', "v"));
    ours.map(str::to_owned).or_else(usual)
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
    fn names_are_read_as_they_are_said() {
        let read = |title: &str| {
            let sounds = sounds(title).into_iter().flatten();
            sounds.collect::<Vec<_>>().join(" ")
        };
        for (title, sounds) in [
            // Offices, places, persons
            ("银行行长来访", "yin hang hang zhang lai fang"),
            ("长治路改造", "chang zhi lu gai zao"),
            ("长安街道", "chang an jie dao"),
            ("都江堰参观", "du jiang yan can guan"),
            ("单县路口", "shan xian lu kou"),
            ("闵行区莘庄", "min hang qu xin zhuang"),
            ("六合区", "lu he qu"),
            ("朝阳门外", "chao yang men wai"),
            ("重庆路停水", "chong qing lu ting shui"),
            ("解放路", "jie fang lu"),
            ("东莞厦门沈阳", "dong guan xia men shen yang"),
            ("曾先生的阳台", "zeng xian sheng de yang tai"),
            ("单女士、解师傅", "shan nv shi xie shi fu"),
            ("单国强先生", "shan guo qiang xian sheng"),
            ("查水表", "cha shui biao"),
            ("区主任", "qu zhu ren"),
            ("仇恨", "chou hen"),
            ("曾经", "ceng jing"),
            ("3幢2单元", "zhuang dan yuan"),
            // Things
            ("茄子", "qie zi"),
            ("藏红花", "zang hong hua"),
            ("阿胶", "e jiao"),
            ("调味料", "tiao wei liao"),
            ("蛤蜊", "ge li"),
            ("长毛绒玩具", "chang mao rong wan ju"),
            ("空调", "kong tiao"),
            ("抹布", "ma bu"),
            ("银行卡", "yin hang ka"),
            ("弹簧床垫", "tan huang chuang dian"),
            ("番茄", "fan qie"),
            ("人参", "ren shen"),
            ("薄荷糖", "bo he tang"),
            ("蛋壳", "dan ke"),
            // Acts
            ("音乐角", "yin yue jiao"),
            ("还书", "huan shu"),
            ("校对", "jiao dui"),
            ("地壳", "di qiao"),
            ("暖和", "nuan huo"),
            ("主要角色", "zhu yao jue se"),
            ("着火了", "zhao huo le"),
            ("便宜", "pian yi"),
            // Where a shorter word would be misread
            ("推行长效管理", "tui xing chang xiao guan li"),
            ("小区长期停水", "xiao qu chang qi ting shui"),
            ("学校长期招募", "xue xiao chang qi zhao mu"),
            ("家长期待", "jia zhang qi dai"),
            ("沿着火车站", "yan zhe huo che zhan"),
            ("没收到", "mei shou dao"),
            ("人人参与", "ren ren can yu"),
            ("居民乐园", "ju min le yuan"),
            ("为了解决停车", "wei le jie jue ting che"),
        ] {
            assert_eq!(read(title), sounds, "{title}");
        }
    }

    #[test]
    fn full_width_letters_are_letters() {
        assert_eq!(name("ＡＢＣ楼通知"), "abc-lou-tongzhi");
        assert_eq!(sort_key("Ａ楼"), sort_key("a楼"));
    }

    #[test]
    fn the_tables_are_well_formed() {
        let mut seen = std::collections::BTreeSet::new();
        for (word, sounds) in readings() {
            let length = word.chars().count();
            assert_eq!(length, sounds.split(' ').count(), "{word}");
            assert!((1..=LONGEST_WORD).contains(&length), "{word}");
            assert!(seen.insert(word), "{word} stands twice");
            let is_sound = |c: char| c.is_ascii_lowercase() || c == ' ';
            assert!(sounds.chars().all(is_sound), "{word} {sounds}");
        }
    }

    #[test]
    fn lists_are_sorted_by_sound() {
        let mut titles = ["重庆", "安全", "abc", "茄子", "北京", "蛤蜊", "垃圾"];
        titles.sort_by_key(|title| sort_key(title));
        let sorted = ["abc", "安全", "北京", "重庆", "蛤蜊", "垃圾", "茄子"];
        assert_eq!(titles, sorted);
    }
}
