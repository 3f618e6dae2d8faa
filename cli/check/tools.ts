import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { check as isFormatted, getFileInfo, resolveConfig } from 'prettier';
import ts from 'typescript';
import { checkProject } from '../../catalog/checks/check-project.ts';
import { InvalidFiles, type Problem } from '../../catalog/problem/problem.ts';
import { folders, projectRoot } from '../../catalog/project.ts';

/** Finds what is wrong with the files of some bugs, by their slugs. */
type Tool = (slugs: readonly string[], root?: string) => Promise<Problem[]>;

/** What looks at a bug, in the order of the report. */
export const tools: Readonly<Record<string, Tool>> = {
  catalog: (slugs, root = projectRoot) => Promise.resolve(agree(slugs, root)),
  types: (slugs, root = projectRoot) => Promise.resolve(types(slugs, root)),
  eslint,
  prettier,
};

/** Write-up, scenario and evidence agree with each other. */
function agree(slugs: readonly string[], root: string): Problem[] {
  const concerns = ({ file }: Problem) => slugs.some((slug) => file.includes(slug));
  try {
    return checkProject(root).filter(concerns);
  } catch (error) {
    if (!(error instanceof InvalidFiles)) throw error;
    const own = error.problems.filter(concerns);
    if (own.length > 0) return own;
    const [first] = error.problems;
    const message = `expected files that can be read, got problems in other bugs, so that this one was not held against its scenario. Put them right first: npm run check -- ${path.basename(first?.file ?? '').split('-')[0] ?? ''}`;
    return first ? [{ ...first, message }] : [];
  }
}

/** The files of bugs: write-ups, and everything in the folders of their scenarios. */
function filesOf(slugs: readonly string[], root: string, pattern: string): string[] {
  return slugs.flatMap((slug) => {
    const folder = path.join(folders.scenarios(root), slug);
    const inside = existsSync(folder)
      ? globSync(pattern, { cwd: folder }).map((name) => path.join(folder, name))
      : [];
    return inside.sort();
  });
}

function types(slugs: readonly string[], root: string): Problem[] {
  const files = filesOf(slugs, root, '**/*.ts');
  const read = ts.getParsedCommandLineOfConfigFile(
    path.join(projectRoot, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const program = ts.createProgram(files, { ...read?.options, noEmit: true });
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map(({ start = 0, messageText }) => {
      const { line = 0, character = 0 } = source?.getLineAndCharacterOfPosition(start) ?? {};
      return {
        file: path.relative('', file),
        line: line + 1,
        column: character + 1,
        message: ts.flattenDiagnosticMessageText(messageText, ' '),
      };
    });
  });
}

async function eslint(slugs: readonly string[], root = projectRoot): Promise<Problem[]> {
  const files = filesOf(slugs, root, '**/*.{ts,mjs}');
  if (files.length === 0) return [];
  const results = await new ESLint({ cwd: projectRoot }).lintFiles(files);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, message, ruleId }) => ({
      file: path.relative('', filePath),
      line,
      column,
      message: ruleId === null ? message : `${message} (${ruleId})`,
    })),
  );
}

async function prettier(slugs: readonly string[], root = projectRoot): Promise<Problem[]> {
  const writeups = slugs.map((slug) => path.join(folders.bugs(root), `${slug}.mdx`));
  const files = [...writeups.filter((file) => existsSync(file)), ...filesOf(slugs, root, '**/*.*')];
  const unformatted = await Promise.all(
    files.map(async (file): Promise<Problem[]> => {
      const { ignored, inferredParser } = await getFileInfo(file, {
        ignorePath: path.join(projectRoot, '.prettierignore'),
      });
      if (ignored || inferredParser === null) return [];
      const options = { ...(await resolveConfig(file)), filepath: file };
      const shown = path.relative('', file);
      try {
        if (await isFormatted(readFileSync(file, 'utf8'), options)) return [];
        return [
          { file: shown, message: `expected another format. Type: npx prettier --write ${shown}` },
        ];
      } catch (error) {
        return [
          {
            file: shown,
            message: `it cannot be formatted: ${String(error).split(/\r?\n/)[0] ?? ''}`,
          },
        ];
      }
    }),
  );
  return unformatted.flat();
}
