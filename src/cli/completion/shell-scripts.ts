import { UsageError } from '../usage-error.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const shellOf = (word: string | undefined): Shell | undefined => shells.find(shell => shell === word);

/** What the shell reads to complete our words; a `UsageError` that names the shells for any other word. */
export function completionScript(words: readonly string[]): string {
	const shell = words.length === 1 ? shellOf(words[0]) : undefined;
	if (shell !== undefined) return scripts[shell];
	throw new UsageError(
		words.length === 0 ? 'Completion is for a shell.' : `There is no completion for ${words.join(' ')}.`,
		`Write smokejumper completion ${shells.slice(0, -1).join(', ')} or ${shells.at(-1)}.`,
	);
}

/**
 * Each hands the line up to the cursor to `__complete` and reads its answer: in the first line how the words are meant,
 * `words`, `parts` of words, or `files`, then a word a line. The program that is asked is the one whose line it is. What
 * it says on stderr is never in the line.
 */
const scripts: Readonly<Record<Shell, string>> = {
	bash: `# Completion of smokejumper for bash 4 or newer. In ~/.bashrc: source <(smokejumper completion bash)
_smokejumper() {
	local line how=
	COMPREPLY=()
	while IFS= read -r line; do
		if [[ -z $how ]]; then how=$line; else COMPREPLY+=("$line"); fi
	done < <("$1" __complete bash "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null)
	case $how in
	parts) compopt -o nospace 2>/dev/null ;;
	files) compopt -o default 2>/dev/null ;;
	esac
}
complete -F _smokejumper smokejumper sj
`,
	zsh: `#compdef smokejumper sj
# Completion of smokejumper for zsh. In ~/.zshrc, below compinit: source <(smokejumper completion zsh)
_smokejumper() {
	local line how=
	local -a found
	while IFS= read -r line; do
		if [[ -z $how ]]; then how=$line; else found+=("$line"); fi
	done < <("\${words[1]}" __complete zsh "\${(j: :)words[1,CURRENT-1]} \${words[CURRENT]}" 2>/dev/null </dev/null)
	case $how in
	words) compadd -a found ;;
	parts) compadd -S '' -a found ;;
	files) _files ;;
	esac
}
if [[ \${funcstack[1]} = _smokejumper ]]; then
	_smokejumper "$@"
elif (( $+functions[compdef] )); then
	compdef _smokejumper smokejumper sj
fi
`,
	fish: `# Completion of smokejumper for fish. In ~/.config/fish/config.fish: smokejumper completion fish | source
function __smokejumper_words
	set -l typed (commandline -opc)
	set -l answer ($typed[1] __complete fish (commandline -cp | string collect) 2>/dev/null </dev/null)
	if test "$answer[1]" = files
		__fish_complete_path (commandline -ct)
	else if set -q answer[2]
		printf '%s\\n' $answer[2..-1]
	end
end
complete -c smokejumper -f -a '(__smokejumper_words)'
complete -c sj -f -a '(__smokejumper_words)'
`,
};
