# Completes aim in fish. It knows no word itself: at every TAB it asks aim, so it never goes stale.
function __aim_complete
    command -q aim
    or return
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l answer (command aim __complete fish $words "$current" 2>/dev/null)
    # Behind `--flag=` only the value is a path, but it is the whole word that is replaced.
    set -l prefix (string match -r -- '^--[^=]*=' "$current")
    set -l path (string replace -r -- '^--[^=]*=' '' "$current")
    switch "$answer[1]"
        case words
            printf '%s\n' $answer[2..]
        case dirs
            printf '%s\n' "$prefix"(__aim_paths "$path" | string match -r '.*/$')
        case files
            printf '%s\n' "$prefix"(__aim_paths "$path")
    end
end

# What fish offers for an argument of a command that it knows nothing about.
function __aim_paths
    complete -C "__aim_no_such_command $argv[1]"
end

for name in aim aimgr
    complete -c $name -f -k -a '(__aim_complete)'
end
