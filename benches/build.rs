//! The first two figures: pages a second on 1,000 pages, posters a second on 100 posters.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use greenboard::cache::Cache;
use greenboard::pipeline::{self, Options};
use greenboard::read::MemoryInputs;
use jiff::civil::Date;

const PAGES: u64 = 1_000;
const POSTERS: u64 = 100;

fn site() -> MemoryInputs {
    MemoryInputs::new(Date::constant(2026, 11, 10))
        .with(
            "greenboard.yaml",
            "format: 1\ntitle: 测速\nbase_url: https://bench.example/\n",
        )
        .with("content/_index.md", "---\ntitle: 测速\n---\n首页。\n")
}

/// A thousand pages of some 1,250 characters, with what real pages have.
fn pages() -> MemoryInputs {
    let paragraph = "厨余垃圾先沥水再投桶，**袋子要单独投放**。旧电池装进透明袋，交给[垃圾房](page-1.md)的红桶。";
    let table = "| 物品 | 投放 |\n| --- | --- |\n| 旧报纸 | 可回收物 |\n| 大骨头 | 其他垃圾 |\n";
    let body = format!(
        "{}\n\n## 怎么做\n\n1. 沥水\n2. 破袋\n3. 洗手\n\n{table}\n\n## 为什么\n\n{}",
        paragraph.repeat(12),
        paragraph.repeat(11)
    );
    (0..PAGES).fold(site(), |site, n| {
        let front = format!(
            "---\ntitle: 第{n}页\ndate: 2026-01-{:02}\ntopics: [water]\n---\n",
            n % 28 + 1
        );
        site.with(
            &format!("content/living/page-{n}.md"),
            format!("{front}{body}\n"),
        )
    })
}

/// A hundred A3 posters on as many slots.
fn posters() -> MemoryInputs {
    let slots: String = (0..POSTERS)
        .map(|n| {
            format!(
                "  - {{ id: \"{n}\", at: [{}, {}], size: A3 }}\n",
                n % 10 * 300,
                n / 10 * 450
            )
        })
        .collect();
    let topics: String = (0..POSTERS)
        .map(|n| format!("  - {{ id: t{n}, title: 话题{n} }}\n"))
        .collect();
    let settings =
        format!("format: 1\ntitle: 测速\nbase_url: https://bench.example/\ntopics:\n{topics}");
    let board = format!(
        "---\ntitle: 大栏\nsize: 3000x4500mm\nrepeat_after: 0\nslots:\n{slots}---\n很大。\n"
    );
    let site = site()
        .with("greenboard.yaml", settings)
        .with("content/boards/big.md", board);
    (0..POSTERS).fold(site, |site, n| {
        site.with(
            &format!("content/living/poster-{n}.md"),
            format!(
                "---\ntitle: 第{n}张先沥水再投桶\ndate: 2026-01-01\ntopics: [t{n}]\nposter:\n  layout: guide\n  lead: 汤汁倒干净，袋子不漏水\n---\n1. **沥干**剩菜倒进漏网，静置一分钟。\n2. **投桶**走到绿桶前再解开袋口。\n3. **袋子**投进旁边的灰桶。\n\n第{n}张的一句说明，写给站着看的人。\n"
            ),
        )
    })
}

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("build");
    group.sample_size(10);
    let n_set = usize::try_from(POSTERS).expect("a hundred");
    for (name, inputs, count, n_posters) in [
        ("pages", pages(), PAGES, 0),
        ("posters", posters(), POSTERS, n_set),
    ] {
        group.throughput(Throughput::Elements(count));
        group.bench_function(name, |b| {
            b.iter(|| {
                let outcome =
                    pipeline::run(&inputs, &Options::default(), &Cache::default(), &|_| {});
                assert!(
                    !outcome.diagnostics.has_errors(),
                    "{:?}",
                    outcome.diagnostics
                );
                assert_eq!(outcome.n_posters, n_posters);
                outcome.artifacts.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
