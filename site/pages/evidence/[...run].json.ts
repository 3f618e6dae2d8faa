import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection } from 'astro:content';
import type { Evidence } from '../../../catalog/evidence/schema.ts';

export const getStaticPaths = (async () =>
  (await getCollection('evidence')).map(({ id, data }) => ({
    params: { run: id },
    props: { evidence: data },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ evidence: Evidence }> = ({ props }) =>
  new Response(`${JSON.stringify(props.evidence, undefined, 2)}\n`, {
    headers: { 'content-type': 'application/json' },
  });
