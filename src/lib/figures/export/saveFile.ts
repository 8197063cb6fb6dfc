/** Hands a file to the reader's downloads. */

/** `name` is what the file is called; nothing leaves this machine. */
export function saveFile(name: string, type: string, content: BlobPart): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser reads the address after this task.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file name from words: "Is it good for everyone?" becomes "many-hands-is-it-good-for-everyone". */
export function fileName(words: string): string {
	const parts = words.toLowerCase().match(/[a-z0-9]+/g) ?? [];
	return ['many-hands', ...parts].join('-').slice(0, 80);
}
