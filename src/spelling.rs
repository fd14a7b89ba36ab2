//! Chinese titles in Latin letters, for file names, addresses and orders: 重庆银行 becomes
//! `chongqing-yinhang`.
//!
//! Addresses are made here: whoever changes the table of words or the joining of syllables moves
//! pages that people have linked to.

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
    ("大厦", "da sha"),
    ("东莞", "dong guan"),
    ("蚌埠", "beng bu"),
    ("番禺", "pan yu"),
    ("六安", "lu an"),
    ("长沙", "chang sha"),
    ("长春", "chang chun"),
    ("长江", "chang jiang"),
    ("朝阳", "chao yang"),
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
    ("成长", "cheng zhang"),
    ("生长", "sheng zhang"),
    ("长大", "zhang da"),
    ("家长", "jia zhang"),
    ("校长", "xiao zhang"),
    ("院长", "yuan zhang"),
    ("组长", "zu zhang"),
    ("楼长", "lou zhang"),
    ("站长", "zhan zhang"),
    ("部长", "bu zhang"),
    ("市长", "shi zhang"),
    ("区长", "qu zhang"),
    ("河长", "he zhang"),
    ("林长", "lin zhang"),
    ("路长", "lu zhang"),
    ("会长", "hui zhang"),
    ("延长", "yan chang"),
    // 乐
    ("音乐", "yin yue"),
    ("乐器", "yue qi"),
    ("乐队", "yue dui"),
    ("快乐", "kuai le"),
    // 调
    ("空调", "kong tiao"),
    ("调查", "diao cha"),
    ("调研", "diao yan"),
    ("调换", "diao huan"),
    ("调整", "tiao zheng"),
    ("调节", "tiao jie"),
    ("调解", "tiao jie"),
    ("调料", "tiao liao"),
    ("协调", "xie tiao"),
    // 种
    ("种植", "zhong zhi"),
    ("种树", "zhong shu"),
    ("种花", "zhong hua"),
    ("种菜", "zhong cai"),
    ("种类", "zhong lei"),
    ("种子", "zhong zi"),
    // Single words, by their character
    ("便宜", "pian yi"),
    ("方便", "fang bian"),
    ("便民", "bian min"),
    ("效率", "xiao lv"),
    ("概率", "gai lv"),
    ("合格率", "he ge lv"),
    ("知晓率", "zhi xiao lv"),
    ("满意率", "man yi lv"),
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
    ("宣传", "xuan chuan"),
    ("传单", "chuan dan"),
    ("传染", "chuan ran"),
    ("弹簧", "tan huang"),
    ("弹性", "tan xing"),
    ("收藏", "shou cang"),
    ("躲藏", "duo cang"),
    ("盛饭", "cheng fan"),
    ("大夫", "dai fu"),
    ("头发", "tou fa"),
    ("剪发", "jian fa"),
    ("理发", "li fa"),
    ("果壳", "guo ke"),
    ("贝壳", "bei ke"),
    ("地壳", "di qiao"),
    ("数字", "shu zi"),
    ("数据", "shu ju"),
    ("模样", "mu yang"),
    ("模具", "mu ju"),
    ("模型", "mo xing"),
    ("宿舍", "su she"),
    ("提防", "di fang"),
    ("吐血", "tu xue"),
    ("剥削", "bo xue"),
    ("削皮", "xiao pi"),
    ("校对", "jiao dui"),
    ("校正", "jiao zheng"),
    ("吞咽", "tun yan"),
    ("咽喉", "yan hou"),
    ("扎针", "zha zhen"),
    ("包扎", "bao za"),
    ("结扎", "jie za"),
    ("仇家", "chou jia"),
    ("投降", "tou xiang"),
    ("降温", "jiang wen"),
    ("降低", "jiang di"),
    ("降噪", "jiang zao"),
    ("下降", "xia jiang"),
    ("角色", "jue se"),
    ("主角", "zhu jue"),
    ("关系", "guan xi"),
    ("系鞋带", "ji xie dai"),
    ("系好", "ji hao"),
    ("尽管", "jin guan"),
    ("参差", "cen ci"),
    ("人参", "ren shen"),
    ("海参", "hai shen"),
    ("参加", "can jia"),
    ("参与", "can yu"),
    ("出差", "chu chai"),
    ("差事", "chai shi"),
    ("差距", "cha ju"),
    ("的士", "di shi"),
    ("目的", "mu di"),
    ("的确", "di que"),
    ("觉得", "jue de"),
    ("得到", "de dao"),
    ("午觉", "wu jiao"),
    ("睡觉", "shui jiao"),
    ("曾孙", "zeng sun"),
    ("曾经", "ceng jing"),
    ("朝向", "chao xiang"),
    ("朝霞", "zhao xia"),
    ("石头", "shi tou"),
    ("处理", "chu li"),
    ("处置", "chu zhi"),
    ("好处", "hao chu"),
    ("办事处", "ban shi chu"),
    ("到处", "dao chu"),
    ("强迫", "qiang po"),
    ("勉强", "mian qiang"),
    ("倔强", "jue jiang"),
    ("散步", "san bu"),
    ("露天", "lu tian"),
    ("露馅", "lou xian"),
    ("落叶", "luo ye"),
    ("落枕", "lao zhen"),
    ("丢三落四", "diu san la si"),
    ("相片", "xiang pian"),
    ("唱片", "chang pian"),
    ("熨帖", "yu tie"),
    ("堡垒", "bao lei"),
    ("秘鲁", "bi lu"),
    ("隽永", "juan yong"),
    ("暖和", "nuan huo"),
    ("搅和", "jiao huo"),
    ("和面", "huo mian"),
    ("沏茶", "qi cha"),
    ("血压", "xue ya"),
    ("流血", "liu xue"),
    ("献血", "xian xue"),
    ("占用", "zhan yong"),
    ("占道", "zhan dao"),
    ("折叠", "zhe die"),
    ("折页", "zhe ye"),
    ("粘贴", "zhan tie"),
    ("粘土", "nian tu"),
    ("正月", "zheng yue"),
    ("应急", "ying ji"),
    ("应对", "ying dui"),
    ("兴趣", "xing qu"),
    ("高兴", "gao xing"),
    ("载重", "zai zhong"),
    ("记载", "ji zai"),
    ("盖上", "gai shang"),
    ("否极泰来", "pi ji tai lai"),
];

static BY_WORD: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| WORDS.iter().copied().collect());

/// Makes a name of lower-case letters, figures and hyphens; empty where the title has nothing
/// that could be spelt so.
///
/// Chinese has no spaces between words. Most words have two characters, so two syllables are
/// joined, and the odd one goes with the two before it.
pub fn name(title: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut run: Vec<Syllables> = Vec::new();
    let mut latin = String::new();
    for part in parts(title) {
        match part {
            Part::Spoken(syllables) => {
                words.extend((!latin.is_empty()).then(|| std::mem::take(&mut latin)));
                run.push(syllables);
            }
            Part::Written(c) => {
                words.append(&mut joined(&mut run));
                if c.is_ascii_alphanumeric() {
                    latin.push(c.to_ascii_lowercase());
                } else if !latin.is_empty() {
                    words.push(std::mem::take(&mut latin));
                }
            }
        }
    }
    words.append(&mut joined(&mut run));
    words.extend((!latin.is_empty()).then_some(latin));
    limited(&words)
}

/// Returns what a list is sorted by: Chinese by its sound, all else by its small letters.
pub fn sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for part in parts(title) {
        match part {
            Part::Spoken(syllables) => {
                for syllable in syllables.0 {
                    key.push_str(&syllable);
                    key.push(' ');
                }
            }
            Part::Written(c) => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// The syllables of one character, or of a word of the table.
struct Syllables(Vec<String>);

/// A piece of a title.
enum Part {
    /// Chinese, as it is said.
    Spoken(Syllables),
    /// Any other character.
    Written(char),
}

fn parts(title: &str) -> Vec<Part> {
    let chars: Vec<char> = title.chars().collect();
    let mut parts = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some((length, sounds)) = word_at(&chars[at..]) {
            parts.push(Part::Spoken(Syllables(sounds)));
            at += length;
            continue;
        }
        let c = chars[at];
        parts.push(match c.to_pinyin() {
            Some(pinyin) => Part::Spoken(Syllables(vec![pinyin.plain().replace('ü', "v")])),
            None => Part::Written(c),
        });
        at += 1;
    }
    parts
}

/// Finds the longest word of the table with which `chars` begin.
fn word_at(chars: &[char]) -> Option<(usize, Vec<String>)> {
    (2..=LONGEST_WORD.min(chars.len())).rev().find_map(|n| {
        let word: String = chars[..n].iter().collect();
        let sounds = BY_WORD.get(word.as_str())?;
        Some((n, sounds.split(' ').map(str::to_owned).collect()))
    })
}

/// Joins a run of syllables to words: those of the table stay whole, single characters go
/// together in twos, the last three where they are odd.
fn joined(run: &mut Vec<Syllables>) -> Vec<String> {
    let mut words = Vec::new();
    let mut singles: Vec<String> = Vec::new();
    for Syllables(mut syllables) in run.drain(..) {
        if syllables.len() == 1 {
            singles.append(&mut syllables);
        } else {
            words.append(&mut pairs(&mut singles));
            words.push(syllables.concat());
        }
    }
    words.append(&mut pairs(&mut singles));
    words
}

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
            ("LED 屏怎么用", "led-pingzen-meyong"),
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
            ("重要的事", "zhongyao-deshi"),
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
    }

    #[test]
    fn lists_are_sorted_by_sound() {
        let mut titles = ["重庆", "安全", "abc", "北京", "垃圾"];
        titles.sort_by_key(|title| sort_key(title));
        assert_eq!(titles, ["abc", "安全", "北京", "重庆", "垃圾"]);
    }
}
