import ArgumentParser

/// The scripts that complete the words of registrar in shells.
enum CompletionScript {
  /// Returns the script of a shell; `nil` where it is none that the parser knows.
  static func text(for shell: String) -> String? {
    guard let known = CompletionShell(rawValue: shell) else { return nil }
    let text = Registrar.completionScript(for: known)
    return shell == "bash" ? text + "\n" + joined : text
  }

  /// Joins words before they are completed, and takes from the answers what is complete already.
  ///
  /// Bash takes a colon and an equals sign for the end of a word; in 'SEC-H:H8.4' and 'rag=RED' they stand inside
  /// of one.
  private static let joined = #"""
    _registrar_joined() {
        local -a words=()
        local -i index cword=0
        local word="" glue=false
        for index in "${!COMP_WORDS[@]}"; do
            word="${COMP_WORDS[${index}]}"
            if ((index > 1)) && { "${glue}" || [[ "${word}" = [:=]* ]]; }; then
                words[${#words[@]} - 1]+="${word}"
            else
                words+=("${word}")
            fi
            glue=false
            [[ "${word}" = *[:=] && "${word}" != -* ]] && glue=true
            ((index == COMP_CWORD)) && cword=$((${#words[@]} - 1))
        done
        local -r current="${words[${cword}]}"
        local -a COMP_WORDS=("${words[@]}")
        local -i COMP_CWORD="${cword}"
        _registrar "${1}" "${current}" "${words[${cword} - 1]}"
        local -r head="${current%"${current##*[:=]}"}"
        [[ -n "${head}" ]] && COMPREPLY=("${COMPREPLY[@]#"${head}"}")
        [[ "${#COMPREPLY[@]}" -eq 1 && "${COMPREPLY[0]}" = *= ]] && compopt -o nospace +o filenames
        return 0
    }

    complete -o filenames -F _registrar_joined registrar

    """#
}
