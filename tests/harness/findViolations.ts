/** Compares one source file with the map of the rooms; one sentence for each rule that it breaks. */
import path from 'node:path';
import { hasDefaultExport, readGlobals, readImports } from './readImports';

/** Lists name rooms ("math") or single files without extension ("ui/format"). */
export interface RoomMap {
	/** What each room may import besides itself. */
	rooms: Readonly<Record<string, readonly string[]>>;
	/** Who may import a package; a `*` in its name stands for anything. */
	packages: Readonly<Record<string, readonly string[]>>;
	pureRooms: readonly string[];
	impureGlobals: readonly string[];
	maxLines: number;
	/** Files that a package imports in place of another, with a default export because that one has it. */
	standIns: readonly string[];
}

/** @param file path below src, with forward slashes */
export function findViolations(file: string, source: string, map: RoomMap): string[] {
	const room = roomOf(file);
	const found: string[] = [];
	for (const specifier of readImports(source, file)) {
		const name = specifier.split('?')[0];
		const rule = /^(\.|\$lib\/)/.test(name)
			? fileRule(file, name, map)
			: packageRule(file, name, map);
		if (rule) found.push(`${file} imports "${specifier}": ${rule}`);
	}
	const globals = map.pureRooms.includes(room) ? readGlobals(source, file, map.impureGlobals) : [];
	if (globals.length > 0) found.push(`${file} uses ${globals.join(', ')}: ${room} is a pure room`);
	const isStandIn = map.standIns.includes(file);
	if (!isStandIn && /^lib\/.*\.ts$/.test(file) && hasDefaultExport(source, file)) {
		found.push(`${file} has a default export: src/lib exports by name`);
	}
	const numLines = source.replace(/\n$/, '').split('\n').length;
	if (numLines > map.maxLines) {
		found.push(`${file} has ${numLines} lines: a file has at most ${map.maxLines}`);
	}
	return found;
}

/** The rule that forbids this import of another file of the project, or null. */
function fileRule(file: string, specifier: string, { rooms }: RoomMap): string | null {
	const target = specifier.startsWith('.')
		? path.posix.join(path.posix.dirname(file), specifier)
		: specifier.replace('$', '');
	const room = roomOf(file);
	const allowed = rooms[room] ?? [];
	if (roomOf(target) === room || isListed(target, allowed)) return null;
	return `${room} may import ${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no other room'}`;
}

/** The rule that forbids this import of a package, or null. */
function packageRule(file: string, specifier: string, { packages }: RoomMap): string | null {
	const name = Object.keys(packages)
		.filter((pattern) => matches(specifier, pattern))
		.sort((a, b) => b.length - a.length)[0];
	if (!name) return 'this package is not in the table of packages';
	if (isListed(file, packages[name])) return null;
	return `only ${packages[name].join(', ')} may import ${name}`;
}

function matches(specifier: string, pattern: string): boolean {
	const [start, end] = pattern.split('*');
	if (end === undefined) return specifier === pattern;
	return specifier.startsWith(start) && specifier.endsWith(end);
}

function isListed(file: string, list: readonly string[]): boolean {
	const name = file.replace(/^lib\//, '').replace(/(\.svelte)?\.m?[jt]s$|\.svelte$/, '');
	return list.includes(roomOf(file)) || list.includes(name);
}

/** The room of a path below src: "lib/math/x" is math, "routes/x" is routes, "app.d.ts" is app. */
function roomOf(file: string): string {
	const [first, second] = file.split('/');
	if (first === '.' || first === '..') return 'outside of src';
	if (first === 'lib') return second;
	return second === undefined ? 'app' : first;
}
