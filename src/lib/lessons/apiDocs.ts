/** The public API as the build reads it from its source, for the page about it and for the editor. */

export interface ApiDocs {
	/** In the order in which a learner meets them. */
	groups: readonly ApiGroup[];
	/** What the functions take and give. */
	types: readonly ApiType[];
}

export interface ApiGroup {
	title: string;
	members: readonly ApiMember[];
}

export interface ApiMember {
	name: string;
	/** As it stands in the source, on one line where it fits. */
	signature: string;
	/** The whole description. */
	text: string;
	/** Its first sentence. */
	summary: string;
	/** What happens with input that does not fit; empty where nothing is said. */
	throws: string;
	/** Code; empty where there is none. */
	example: string;
}

export interface ApiType {
	name: string;
	text: string;
	members: readonly { name: string; signature: string; text: string }[];
}
