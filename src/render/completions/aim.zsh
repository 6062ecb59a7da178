#compdef aim aimgr
# Completes aim in zsh. It knows no word itself: at every TAB it asks aim, so it never goes stale.
_aim() {
  local -a answer
  answer=("${(@f)$(command aim __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  case $answer[1] in
    # Zsh completes the path itself, with its own quotes.
    dirs | files)
      [[ $PREFIX == --*=* ]] && compset -P 1 '*='
      if [[ $answer[1] == dirs ]]; then _path_files -/; else _files; fi
      ;;
    words)
      shift answer
      _describe -t values aim answer
      ;;
    *) return 1 ;;
  esac
}

if [[ $funcstack[1] == _aim ]]; then _aim "$@"; else compdef _aim aim aimgr; fi
