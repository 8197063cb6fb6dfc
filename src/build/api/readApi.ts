/** Reads the public API from its source: every function with its signature and description, and every type. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { ApiDocs, ApiGroup, ApiMember, ApiType } from '../../lib/lessons/apiDocs';

/** The interfaces that `ManyHands` is made of, by the titles of their groups. */
const groupTitles: Readonly<Record<string, string>> = {
	DataApi: 'Clients and their digits',
	ModelApi: 'Models',
	LearningApi: 'Federated averaging',
	MeasuringApi: 'Measuring',
	PrivacyApi: 'Masks, noise and their price',
	FederationApi: 'Whole runs',
	DisplayApi: 'Showing'
};

/** Files whose types are no business of a learner. */
const innerFiles = ['world.ts', 'output.ts', 'describeValue.ts', 'manyHands.ts'];
const innerTypes = ['Tally', 'TrainedClient'];

/** `folder` is that of the API. Throws one sentence about what has no description. */
export function readApi(folder: string): ApiDocs {
	const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
	const declarations = files.flatMap((file) => readFile(path.join(folder, file)));
	const groups = Object.entries(groupTitles).map(([name, title]): ApiGroup => {
		const found = declarations.find((one) => one.name.text === name);
		if (!found || !ts.isInterfaceDeclaration(found))
			throw new Error(`expected an interface ${name} in ${folder}`);
		return { title, members: found.members.map((member) => readMember(member, name)) };
	});
	const types = declarations
		.filter(({ name }) => !(name.text in groupTitles) && !innerTypes.includes(name.text))
		.filter((one) => !innerFiles.includes(path.basename(one.getSourceFile().fileName)))
		.map(readType);
	return { groups, types };
}

type Declaration = (ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration) & {
	name: ts.Identifier;
};

function readFile(file: string): Declaration[] {
	const text = readFileSync(file, 'utf8');
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	return source.statements.filter(
		(statement): statement is Declaration =>
			(ts.isInterfaceDeclaration(statement) ||
				ts.isTypeAliasDeclaration(statement) ||
				ts.isClassDeclaration(statement)) &&
			isExported(statement)
	);
}

function isExported(statement: ts.Declaration): boolean {
	return (ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export) !== 0;
}

function readMember(member: ts.TypeElement, owner: string): ApiMember {
	const name = member.name?.getText() ?? '';
	const text = textOf(member);
	if (text === '') throw new Error(`expected a description of ${owner}.${name}, got none`);
	return {
		name,
		signature: oneLine(member.getText()),
		text,
		summary: /^.*?[.:](?=\s|$)/s.exec(text)?.[0] ?? text,
		throws: tagOf(member, 'throws'),
		example: tagOf(member, 'example')
	};
}

function readType(declaration: Declaration): ApiType {
	const members =
		ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)
			? [...declaration.members].filter(isPublic).map((member) => ({
					name: member.name?.getText() ?? '',
					signature: signatureOf(member),
					text: textOf(member)
				}))
			: [];
	const alias = ts.isTypeAliasDeclaration(declaration) ? oneLine(declaration.type.getText()) : '';
	const text = textOf(declaration);
	if (text === '') throw new Error(`expected a description of ${declaration.name.text}, got none`);
	return {
		name: declaration.name.text,
		text,
		members: alias ? [{ name: '', signature: alias, text: '' }] : members
	};
}

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
	return member.name !== undefined && !ts.isPrivateIdentifier(member.name);
}

/** Without the body of a method. */
function signatureOf(member: ts.ClassElement | ts.TypeElement): string {
	const text = member.getText();
	const body = 'body' in member ? (member.body as ts.Node | undefined) : undefined;
	return oneLine(body ? text.slice(0, body.getStart() - member.getStart()) : text);
}

/** The description before the tags. */
function textOf(node: ts.Node): string {
	const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
	return tidy(ts.getTextOfJSDocComment(doc?.comment) ?? '').replaceAll('\n', ' ');
}

function tagOf(node: ts.Node, name: string): string {
	const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
	return tidy(ts.getTextOfJSDocComment(tag?.comment) ?? '');
}

function tidy(text: string): string {
	return text.replace(/^[ \t]*\n/, '').trimEnd();
}

function oneLine(text: string): string {
	return text
		.replace(/\/\*\*[^]*?\*\//g, '')
		.replace(/\s+/g, ' ')
		.replace(/;$/, '')
		.trim();
}
