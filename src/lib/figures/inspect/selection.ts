/** What the reader has picked to look at closely. */
export type Selection =
	| { kind: 'client'; id: number }
	/** Two clients that share a mask, the lower id first. */
	| { kind: 'pair'; low: number; high: number }
	| { kind: 'server' }
	| { kind: 'wire' };
