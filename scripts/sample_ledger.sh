#!/bin/sh
# Writes the sample community's ledger and published plan anew: January to November 2026,
# month by month, by the program itself, so that texts, hashes and plan are real. Needs a release
# build, pdftoppm and Python with Pillow. Run it in the project's folder, then look at what git
# says.
set -eu

program=${GREENBOARD:-target/release/greenboard}
photos=$(mktemp -d)
trap 'rm -rf "$photos"' EXIT

# post TODAY ARGUMENTS…
post() {
    today=$1
    shift
    "$program" post --quiet --today "$today" "$@"
}

# publish TODAY MONTH: the plan of a month, agreed before it begins.
publish() {
    "$program" plan --quiet --publish --today "$1" "$2" > /dev/null
}

# picture BOARD MONTH VIEW TIME: a photo of the board as it is in that month.
picture() {
    print="$photos/print-$2"
    if [ ! -d "$print" ]; then
        "$program" build --quiet --today "$2-28" --only print --month "$2" --print "$print"
    fi
    python3 scripts/sample_photo.py "$print/$2/$1/board.pdf" "$3" "$4" "$photos/$1-$3-$2.jpg"
    echo "$photos/$1-$3-$2.jpg"
}

rm -rf ledger plan.lock.yaml

# keepers DAY MONTH BOARD=NAME…: what was to hang hung, and each keeper says so.
keepers() {
    day=$1
    month=$2
    shift 2
    for line; do
        post "$day" "$month" --board "${line%=*}" --by "${line#*=}"
    done
}

all="east-gate=陈立 west-gate=赵敏 library=吴桂兰 windows=何志远 led=孙国平"

# January to September: everything on its day, but for June, when it rained.
before=2025-12
for month in 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06 2026-07 2026-08 2026-09; do
    publish "$before-20" "$month"
    case $month in
    2026-06)
        post 2026-06-30 2026-06 --board west-gate --by 赵敏 --on 2026-06-03 --note 大雨，3日换 \
            --photo "west-gate=$(picture west-gate 2026-06 far '2026-06-03 16:40:12')"
        # shellcheck disable=SC2086  # one word a board
        keepers 2026-06-30 2026-06 $all
        ;;
    *)
        # shellcheck disable=SC2086  # one word a board
        keepers "$(date -d "$month-01 +1 month -1 day" +%F)" "$month" $all
        ;;
    esac
    before=$month
done

# October: the holiday put the east gate off by two days; one sheet did not survive the wind.
publish 2026-09-20 2026-10
post 2026-10-12 2026-10 --board east-gate --by 陈立 --on 2026-10-03 --note 国庆值班，3日换 \
    --photo "east-gate=$(picture east-gate 2026-10 far '2026-10-03 09:12:40')" \
    --photo "east-gate=$(picture east-gate 2026-10 near '2026-10-03 09:31:05')"
post 2026-10-31 2026-10 --board west-gate --by 赵敏
post 2026-10-31 2026-10 --board library --by 吴桂兰
post 2026-10-31 2026-10 --board windows --by 何志远
post 2026-10-31 2026-10 --board led --by 孙国平
post 2026-10-20 --correct 2026-10-03/east-gate/4 --until 2026-10-19 --by 陈立 --note 大风刮坏，取下
lost=$(sed -n 's/.*id: "2026-10-03\/east-gate\/4".*poster: \([^,]*\),.*/\1/p' ledger/2026-10.yaml)
post 2026-10-20 --lost "$lost=1" --board east-gate --size A3 --by 陈立 --note 大风刮坏
post 2026-10-31 2026-10 --board east-gate --by 陈立

# November: one slot of the west gate stayed empty, for its sheet came late from the shop.
publish 2026-10-20 2026-11
post 2026-11-20 2026-11 --board east-gate --by 陈立 \
    --photo "east-gate=$(picture east-gate 2026-11 far '2026-11-01 08:55:21')" \
    --photo "east-gate=$(picture east-gate 2026-11 near '2026-11-01 09:20:47')"
post 2026-11-20 2026-11 --board west-gate --by 赵敏 --except west-gate/3=- --note 印刷店没有送到 \
    --photo "west-gate=$(picture west-gate 2026-11 far '2026-11-01 10:02:13')"
post 2026-11-20 2026-11 --board library --by 吴桂兰
post 2026-11-20 2026-11 --board windows --by 何志远
post 2026-11-20 2026-11 --board led --by 孙国平

du -sh ledger
"$program" status --today 2026-11-20
"$program" check --today 2026-11-20
