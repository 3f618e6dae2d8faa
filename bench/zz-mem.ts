import { startEmbeddedPostgres } from '/work/wt/worker-import/worker/postgres/embedded.ts';
import { openDatabase } from '/work/wt/worker-import/worker/database/open.ts';
import { createSchema } from '/work/wt/worker-import/worker/database/schema.ts';
import { stageImport } from '/work/wt/worker-import/worker/import/stage-import.ts';
import { runImport } from '/work/wt/worker-import/worker/import/run-import.ts';
const kind = process.argv[2], mb = Number(process.argv[3]);
const header='date,symbol,side,quantity,price,fees,currency\n';
const kinds: Record<string, (i:number)=>string> = {
  twobyte: () => 'a\n', commas: () => ',,,,,,\n', newline: ()=>'\n', quotes: ()=>'"', quoted: ()=>'"a",\n',
  good: (i) => `2026-01-${String(i%28+1).padStart(2,'0')},S${i%50},buy,1.5,${i%500}.01,0.5,EUR\n`,
  symbols: (i) => `2026-01-05,S${i},buy,1,1,0,EUR\n`,
  onesymbol: (i) => `2026-01-${String(28-(i%28)).padStart(2,'0')},S,${i%2?'sell':'buy'},1.5,1,0,EUR\n`,
  zeros: () => '\0', random: () => Math.random().toString(36), emoji: ()=>'\u{1F600},\n', nonl: ()=>'abcdefgh,', bom: ()=>'\ufeff\n',
};
await using pg = await startEmbeddedPostgres();
await using db = openDatabase(pg.url);
await createSchema(db);
async function* content(){ let i=0,size=0; yield Buffer.from(header); while(size<mb*1e6){let t='';while(t.length<262144)t+=kinds[kind](i++);const b=Buffer.from(t);size+=b.length;yield b;} }
const s=performance.now();
const id=await stageImport(db,{portfolio:'p',onBadRow:(process.argv[4]??'reject') as 'reject',content:content()});
const st=process.resourceUsage().maxRSS/1024;
const m=performance.now();
const r=await runImport(db,id);
console.log(kind,mb,'MB',r.state,'rows',r.rows,'imported',r.imported,'bad',r.badRowCount,JSON.stringify(r.badRows[0])?.slice(0,150),'stage MB',st|0,'max MB',process.resourceUsage().maxRSS/1024|0,'s',((performance.now()-m)/1000).toFixed(1));
