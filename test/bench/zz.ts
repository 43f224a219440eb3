import { chromium } from 'playwright-core';
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync']});
const p = await b.newPage({viewport:{width:1400,height:900}});
p.on('pageerror',e=>console.log('ERR',e.message.slice(0,500))); p.on('console',m=>console.log('LOG',m.text().slice(0,500)));
await p.goto('http://127.0.0.1:8123/'); await p.waitForFunction(()=>'bench' in globalThis,null,{timeout:10000});
for (const a of process.argv.slice(2)) { const t=Date.now(); try { console.log(a, JSON.stringify(await Promise.race([p.evaluate(a), new Promise((_,r)=>setTimeout(()=>r('timeout'),20000))])), Date.now()-t) } catch(e){console.log(a,'FAIL',e)} }
await p.screenshot({path:'/tmp/rb.png'});
await b.close();
