#!/usr/bin/env bash
# Makes the Chinese fonts of the theme: themes/fresh/fonts/*.ttf.
#
# Takes the full Noto fonts from two npm packages of fixed version and
# fixed sha512, and cuts them down (fonts.py) to the characters that a
# Chinese community office uses. Run it again only to change the fonts or
# the characters: the results are kept in the repository. Two runs give the
# same bytes. Needs bash, npm, openssl, Python 3.10 or newer, and Debian's
# unicode-data (installed if missing). Work files go to target/fonts/.
#
# Usage: scripts/fonts.sh [OUTPUT-FOLDER]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${1:-$root/themes/fresh/fonts}
work=$root/target/fonts
fonttools=4.68.0
version=0.4.3
unihan=/usr/share/unicode/Unihan_OtherMappings.txt.bz2
declare -A sha512=(
  [noto-sans-sc]=9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==
  [noto-serif-sc]=fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==
)

mkdir -p "$work" "$out"

if [ ! -f "$unihan" ]; then
  echo "fonts: installing unicode-data"
  sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends unicode-data >/dev/null
fi

for name in noto-sans-sc noto-serif-sc; do
  package=@expo-google-fonts/$name
  tarball=$work/expo-google-fonts-$name-$version.tgz
  digest() { openssl dgst -sha512 -binary "$tarball" | base64 -w0; }
  # A tarball that was cut off is fetched again.
  if [ ! -f "$tarball" ] || [ "$(digest)" != "${sha512[$name]}" ]; then
    echo "fonts: fetching $package $version"
    npm pack --silent "$package@$version" --pack-destination "$work" >/dev/null
  fi
  if [ "$(digest)" != "${sha512[$name]}" ]; then
    echo "fonts: $tarball has the wrong sha512" >&2
    exit 1
  fi
  rm -rf "${work:?}/$name"
  mkdir "$work/$name"
  tar -xzf "$tarball" -C "$work/$name" --strip-components=1 --exclude='*.png'
done

if [ "$("$work/venv/bin/python" -c 'import fontTools; print(fontTools.version)' 2>/dev/null)" != "$fonttools" ]; then
  echo "fonts: installing fonttools $fonttools"
  python3 -m venv --clear "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check "fonttools==$fonttools"
fi

"$work/venv/bin/python" "$root/scripts/fonts.py" "$work" "$unihan" "$out" \
  "noto-sans-sc=$version=${sha512[noto-sans-sc]}" \
  "noto-serif-sc=$version=${sha512[noto-serif-sc]}"
