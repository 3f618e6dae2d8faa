import type { APIRoute, GetStaticPaths } from 'astro';
import { cellName, type Evidence } from '../../../../catalog/evidence/schema.ts';
import { recordedRuns } from '../../../collections.ts';

export const getStaticPaths = (async () =>
  (await recordedRuns()).map((evidence) => ({
    params: { slug: evidence.slug, claim: evidence.claim, cell: cellName(evidence.cell) },
    props: { evidence },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ evidence: Evidence }> = ({ props }) =>
  new Response(`${JSON.stringify(props.evidence, undefined, 2)}\n`, {
    headers: { 'content-type': 'application/json' },
  });
