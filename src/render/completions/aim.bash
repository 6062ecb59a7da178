# Completes aim in bash. It knows no word itself: at every TAB it asks aim, so it never goes stale.
_aim() {
  local answer word
  COMPREPLY=()
  answer=$(command aim __complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null) || return 0
  case $answer in
  # Bash completes a path itself, with its own quotes; behind a variable only `default` does.
  dirs)
    if [[ $2 == *\$* ]]; then
      compopt -o default 2>/dev/null
    else
      compopt -o dirnames 2>/dev/null
    fi
    ;;
  files) compopt -o default 2>/dev/null ;;
  words*)
    compopt -o nosort 2>/dev/null
    while IFS= read -r word; do
      COMPREPLY[${#COMPREPLY[@]}]=$word
    done <<<"${answer#*$'\n'}"
    # Where `=` ends a word, only what comes behind it is replaced.
    [[ $COMP_WORDBREAKS == *=* ]] && COMPREPLY=("${COMPREPLY[@]#--*=}")
    ;;
  esac
  return 0
}

# Bash 3.2 has no compopt: where no word of aim can stand, it offers file names.
if type compopt >/dev/null 2>&1; then
  complete -F _aim aim aimgr
else
  complete -o default -F _aim aim aimgr
fi
