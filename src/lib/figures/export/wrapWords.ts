/** Text in rows: as many words in each as fit. A word that does not fit has a row of its own. */
export function wrapWords(text: string, isFitting: (row: string) => boolean): string[] {
	const rows: string[] = [];
	for (const word of text.split(' ')) {
		const longer = rows.length > 0 ? `${rows.at(-1)} ${word}` : word;
		if (rows.length > 0 && isFitting(longer)) rows[rows.length - 1] = longer;
		else rows.push(word);
	}
	return rows;
}
