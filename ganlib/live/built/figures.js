"use strict";(()=>{var ge=`/* What all live figures share. Colours are those of shared/theme.ts. */
:host {
  --real: #3f4fb5;
  --fake: #d97706;
  --text: #1c1c24;
  --muted: #5a5a66;
  --line: #c9c9d2;
  --control: #767684;
  --surface: #ffffff;
  --raised: #f4f4f8;
  display: block;
  margin: 1rem 0;
  color: var(--text);
  font: 15px/1.45 system-ui, sans-serif;
}

:host([dark]) {
  --real: #a5b0ff;
  --fake: #ffb454;
  --text: #e8e8f0;
  --muted: #b4b4c2;
  --line: #4a4c5c;
  --control: #8b8da0;
  --surface: #161822;
  --raised: #212433;
}

* {
  box-sizing: border-box;
}

.frame {
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--surface);
  padding: 0.75rem;
  container-type: inline-size;
}

button,
select,
input[type="number"],
input[type="text"] {
  font: inherit;
  min-height: 2rem;
  color: inherit;
  background: var(--raised);
  border: 1px solid var(--control);
  border-radius: 5px;
  padding: 0.15rem 0.6rem;
}

button {
  cursor: pointer;
}

button.main,
button[aria-pressed="true"] {
  background: var(--real);
  border-color: var(--real);
  color: var(--surface);
}

button:disabled {
  opacity: 0.5;
  cursor: default;
}

:focus-visible {
  outline: 3px solid var(--fake);
  outline-offset: 2px;
}

input[type="range"],
input[type="checkbox"] {
  accent-color: var(--real);
}

output,
.number {
  font-variant-numeric: tabular-nums;
}

.muted {
  color: var(--muted);
}

.row {
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 0.6rem;
  align-items: center;
}

/* For screen readers only. */
.spoken {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media print {
  .frame {
    break-inside: avoid;
  }

  .controls {
    display: none;
  }
}
`;function ye(){let e=document.documentElement,n=document.body;return e.dataset.theme?e.dataset.theme==="dark":n.dataset.jpThemeLight?n.dataset.jpThemeLight==="false":e.hasAttribute("theme")?e.getAttribute("theme")==="dark":matchMedia("(prefers-color-scheme: dark)").matches}function xe(e){let n=new MutationObserver(e),t=["data-theme","data-jp-theme-light","theme"];n.observe(document.documentElement,{attributes:!0,attributeFilter:t}),n.observe(document.body,{attributes:!0,attributeFilter:t});let r=matchMedia("(prefers-color-scheme: dark)");return r.addEventListener("change",e),()=>{n.disconnect(),r.removeEventListener("change",e)}}function we(){return matchMedia("(prefers-reduced-motion: reduce)").matches}var U=class extends HTMLElement{shadow;ready;onScreen=!1;built=!1;setReady;leave=[];constructor(){super(),this.shadow=this.attachShadow({mode:"open"}),this.ready=new Promise(n=>this.setReady=n)}screenChanged(){}connectedCallback(){this.noteTheme(),this.built||(this.built=!0,this.buildOnce()),this.leave.push(xe(()=>{this.noteTheme(),this.repaint()})),this.watchScreen()}disconnectedCallback(){for(let n of this.leave.splice(0))n();this.setOnScreen(!1)}fill(n,t){this.shadow.innerHTML=`<style>${ge}${n}</style>${t}`}find(n){let t=this.shadow.querySelector(n);if(!t)throw new Error(`this figure has no ${n}`);return t}async buildOnce(){try{await this.build()}catch(n){this.fail(n)}this.setReady()}fail(n){let t=n instanceof Error?n.message:String(n),r=document.createElement("p");r.textContent=`This figure cannot run here: ${t}`,this.shadow.replaceChildren(document.createElement("slot"),r)}noteTheme(){this.toggleAttribute("dark",ye())}watchScreen(){let n=!1,t=()=>this.setOnScreen(n&&!document.hidden),r=new IntersectionObserver(s=>{n=s[s.length-1].isIntersecting,t()});r.observe(this),document.addEventListener("visibilitychange",t),this.leave.push(()=>r.disconnect(),()=>document.removeEventListener("visibilitychange",t))}setOnScreen(n){n!==this.onScreen&&(this.onScreen=n,this.screenChanged())}};function j(e,n){customElements.get(e)||customElements.define(e,n)}var y=e=>String(Math.round(10*e)/10),ve=e=>String(e).replace("-","−");function E(e,n,t,r,s="start",o=""){return`<text x="${y(e)}" y="${y(n)}" fill="${r}" text-anchor="${s}"${o}>${t}</text>`}var g=class{ink;box;x;y;constructor(n,t,r,s){this.ink=n,this.box=t,this.x=r,this.y=s}px(n){let{from:t,to:r}=this.x;return this.box.left+this.box.width*(n-t)/(r-t)}py(n){let{from:t,to:r}=this.y;return this.box.top+this.box.height*(r-n)/(r-t)}at(n,t){let{x:r,y:s,box:o}=this;return[r.from+(r.to-r.from)*(n-o.left)/o.width,s.to-(s.to-s.from)*(t-o.top)/o.height]}axes(){let{box:n,ink:t}=this,r=n.top+n.height,s=n.left+n.width/2,o=`<path d="M${y(n.left)} ${y(n.top)}V${y(r)}H${y(n.left+n.width)}" fill="none" stroke="${t.muted}"/>`,i=this.x.ticks.map(c=>E(this.px(c),r+16,ve(c),t.muted,"middle")),a=this.y.ticks.map(c=>E(n.left-6,this.py(c)+4,ve(c),t.muted,"end"));return o+i.join("")+a.join("")+E(s,r+34,this.x.label,t.text,"middle")+E(n.left-34,n.top-10,this.y.label,t.text)}curve(n,t){return`<path d="${this.trace(n)}" fill="none" stroke="${t.stroke}" stroke-width="${t.width??2}" stroke-linejoin="round"${t.dash?` stroke-dasharray="${t.dash}"`:""}/>`}segment(n,t,r){return this.curve([n,t],r)}area(n,t){let r=n[0][0],s=n[n.length-1][0];return`<path d="${this.trace([[r,0],...n,[s,0]])}Z" fill="${t}" fill-opacity="0.25"/>`}trace(n){let t="",r="M";for(let[s,o]of n){if(Number.isNaN(o)){r="M";continue}t+=`${r}${y(this.px(s))} ${y(this.py(o))}`,r="L"}return t}};function $(e,n,t){return Array.from({length:t},(r,s)=>e+(n-e)*s/(t-1))}function S(e){let n=Math.exp(-Math.abs(e));return e>=0?1/(1+n):n/(1+n)}function V(e){return Math.max(e,0)+Math.log1p(Math.exp(-Math.abs(e)))}var W={value:e=>-V(e),slope:e=>-S(e)},Z={value:e=>V(-e),slope:e=>-S(-e)};var lt=22,ht=20,Se=1e-7;function D({shape:e,centre:n,width:t},r){let s=(r-n)/t;return e==="normal"?-.5*s*s-Math.log(t*Math.sqrt(2*Math.PI)):Math.abs(s)<.5?-Math.log(t):-1/0}function ke(e,n,t){return D(e,t)-D(n,t)}function A(e,n){let{gap:t,slope:r}=e.shape==="normal"?dt(e,n):ut(e,n);return{jsd:Math.LN2-t,gap:t,value:-2*t,slope:r}}function dt(e,n){let t=Math.min(e.width,n.width)/ht,r=0,s=0;for(let[o,i]of[[e,n],[n,e]]){let a=Math.ceil(lt*o.width/t);for(let c=-a;c<=a;c++){let l=o.centre+c*t,h=D(o,l),d=Math.exp(h)*V(D(i,l)-h);r+=.5*t*d,o===n&&(s-=.5*t*d*c*t/o.width**2)}}return e.centre===n.centre&&(s=0),{gap:r,slope:{left:s,right:s}}}function ut(e,n){let t=e.width,r=n.width,s=n.centre-e.centre,o=Math.min(Math.max((t+r)/2-Math.abs(s),0),t,r),i=(Math.log((t+r)/r)/t+Math.log((t+r)/t)/r)/2,a=c=>{let l=Math.abs(c);return l>Math.abs(t-r)/2&&l<(t+r)/2?i*Math.sign(c):0};return{gap:i*o,slope:{left:a(s-Se),right:a(s+Se)}}}var pt={dot:"M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",triangle:"M0 -6L6 5H-6Z",square:"M-5 -5H5V5H-5Z",diamond:"M0 -6.5L6.5 0L0 6.5L-6.5 0Z"};function x(e,n,t,r,s){let o=`translate(${y(n)} ${y(t)})`;return`<path d="${pt[e]}" transform="${o}" fill="${r}" stroke="${s.surface}"/>`}function L(e,n,t,r){let s=n,o="";for(let{name:i,colour:a,shape:c,dash:l}of e){let h=l?` stroke-dasharray="${l}"`:"";o+=`<path d="M${s} ${t}h26" stroke="${a}" stroke-width="2"${h}/>`+(c?x(c,s+13,t,a,r):"")+E(s+32,t+4,i,r.text),s+=32+7*i.length+18}return o}function X(e,n,t=5){let r=Array.from(e,([s,o])=>mt(s,o,t));return`<g fill="none" stroke="${n}">${r.join("")}</g>`}function mt(e,n,t){let r=n[0]-e[0],s=n[1]-e[1],o=Math.hypot(r,s);if(o<1e-9)return"";let i=Math.round(Math.atan2(s,r)*180/Math.PI),a=Math.min(t,o),c=y(o);return`<path d="M0 0H${c}m${-a} ${-a/2}L${c} 0l${-a} ${a/2}" transform="translate(${y(e[0])} ${y(e[1])})rotate(${i})"/>`}var ft="⁰¹²³⁴⁵⁶⁷⁸⁹";function p(e,n){let t=Math.abs(e).toFixed(n);return e<0&&Number(t)!==0?`−${t}`:t}function m(e){if(e===0)return"0";if(Math.abs(e)>=5e-4)return p(e,3);let[n,t]=Math.abs(e).toExponential(1).split("e-"),r=[...t].map(s=>ft[Number(s)]).join("");return`${e<0?"−":""}${n} × 10⁻${r}`}function Me(e){return e<100?p(e,1):Math.round(e).toLocaleString("en")}function $e(e){let n=Math.min(e,1-e);return`${p(100*e,n<5e-4?3:n<.005?2:1)} %`}function O(e){return Math.abs(e.left-e.right)<1e-12?m(e.right):`jumps from ${m(e.left)} to ${m(e.right)}`}var ce=6,Y=8,_=2*ce,bt=$(-Y,Y,161),Ae=[{name:"p, the data",colour:"real",shape:"dot",dash:void 0},{name:"q, the forger",colour:"fake",shape:"triangle",dash:"8 4"}];function Q(e){let{shape:n}=e;return{p:{shape:n,centre:e.real_centre,width:e.real_width},q:{shape:n,centre:e.fake_centre,width:e.fake_width}}}function gt(...e){let n=e.filter(({shape:t})=>t==="uniform").flatMap(({centre:t,width:r})=>[-1,1].flatMap(s=>[-1e-6,1e-6].map(o=>t+s*r/2+o)));return[...bt,...n].sort((t,r)=>t-r)}var Le=e=>Math.exp(D(e,e.centre))/2,ae={name:"",curve:[]};function yt({p:e,q:n}){let t=`${e.shape} ${e.width} ${n.width}`;if(t!==ae.name){let r=a=>[a,A({...e,centre:0},{...n,centre:a}).jsd],s=e.shape==="uniform"?[Math.abs(e.width-n.width)/2,(e.width+n.width)/2]:[],o=[...$(0,_,61),...s].sort((a,c)=>a-c).map(r),i=o.slice(1).reverse().map(([a,c])=>[-a,c]);ae={name:t,curve:[...i,...o]}}return ae.curve}function xt(e,n,t){let r=n>=620,s=58,o=r?Math.round(.56*n):n,i={from:-Y,to:Y,ticks:[-6,-3,0,3,6],label:"x"},a={left:46,width:o-58},{p:c,q:l}=Q(e),h=Math.exp(Math.max(D(c,c.centre),D(l,l.centre))),d=h>2?1:h>.8?.5:.2,u=Array.from({length:Math.floor(h/d)+1},(b,N)=>Number((N*d).toFixed(1))),f=r?{left:o+46,width:n-o-58,top:s,height:256}:{left:46,width:n-58,top:430,height:150};return{above:new g(t,{...a,top:s,height:130},{...i,label:""},{from:0,to:1.1*h,ticks:u,label:"density"}),middle:new g(t,{...a,top:234,height:80},i,{from:0,to:1,ticks:[0,.5,1],label:"D*(x)"}),strip:new g(t,f,{from:-_,to:_,ticks:[-12,-6,0,6,12],label:r||n>420?"centre of q minus centre of p":"q minus p"},{from:0,to:.75,ticks:[0,.2,.4,.6],label:"JSD (nats)"}),height:r?358:624}}function wt(e,n,t,r){let{ink:s}=e,o=gt(t,r),i=l=>o.map(h=>[h,l(h)]),a=Ae.map(({colour:l,shape:h,dash:d},u)=>{let f=[t,r][u],b=s[l],N=i(oe=>Math.exp(D(f,oe)));return e.area(N,b)+e.curve(N,{stroke:b,dash:d})+x(h,e.px(f.centre),e.py(Le(f)),b,s)}),c=i(l=>S(ke(t,r,l)));return a.join("")+n.curve(c,{stroke:s.ink})}function vt(e,n,t){let{ink:r}=e,s=t.centre-n.centre,{jsd:o,slope:i}=A(n,t),a={stroke:r.muted,width:1,dash:"2 3"},c=e.segment([-_,Math.LN2],[_,Math.LN2],a)+E(e.px(_),e.py(Math.LN2)-5,"log 2",r.muted,"end")+e.curve(yt({p:n,q:t}),{stroke:r.teal});if(i.left===i.right){let l=Math.min(2,.3/Math.abs(i.left)),h=[-l,l].map(d=>[s+d,o+d*i.left]);c+=e.curve(h,{stroke:r.ink,width:1.2})}return c+x("square",e.px(s),e.py(o),r.teal,r)}function St(e,n,t){let{p:r,q:s}=Q(e),{above:o,middle:i,strip:a,height:c}=xt(e,n,t),l=Ae.map(f=>({...f,colour:t[f.colour]})),h=L(l,46,14,t)+o.axes()+i.axes()+a.axes()+wt(o,i,r,s)+vt(a,r,s),u=[["real_centre",r],["fake_centre",s]].map(([f,b])=>({key:f,x:o.px(b.centre),y:o.py(Le(b)),chart:o}));return{height:c,body:h,handles:u}}function kt(e){let{p:n,q:t}=Q(e),r=A(n,t),s=(o,i)=>`<div><dt>${o}</dt><dd>${i}</dd></div>`;return`<dl>${s("V(D*, G)",`${m(r.value)} nats`)}`+s("JSD",`${m(Math.max(r.jsd,0))} nats`)+s("log 2 − JSD",`${m(r.gap)} nats`)+`${s("slope of JSD in q’s centre",O(r.slope))}</dl>`}function Mt(e){let{p:n,q:t}=Q(e),{jsd:r,gap:s,slope:o}=A(n,t);if(r<1e-12)return"The densities are equal: JSD is 0 and D* is ½ wherever they live.";let i=`Centres ${p(Math.abs(t.centre-n.centre),1)} apart: `;if(o.left!==o.right)return`${i}JSD is ${m(r)} nats and has a corner: its slope ${O(o)}.`;if(s===0)return`${i}the supports are disjoint, JSD is exactly log 2 and its slope exactly 0. Moving the forgeries a little changes nothing.`;let a=s<.001?`JSD is short of log 2 by ${m(s)} nats`:`JSD is ${m(r)} nats, ${p(100*r/Math.LN2,1)} % of log 2`;if(o.left===0)return`${i}${a}; its slope in q’s centre is 0.`;let c=o.left>0?"to the left":"to the right";return`${i}${a}; its slope, ${m(o.left)}, sends the forger ${c}.`}var De=(e,n)=>({key:e,label:n,min:-ce,max:ce,step:.1,says:t=>p(t,1)}),Ee=(e,n)=>({key:e,min:.3,max:2,step:.1,says:t=>p(t,1),label:({shape:t})=>`${t==="normal"?"std":"width"} of ${n}`}),Ie={title:"Two densities, the best detective, and the divergence",start:{shape:"normal",real_centre:1,fake_centre:-1,real_width:1,fake_width:1},choices:[{key:"shape",label:"shape",options:{normal:"normal: tails everywhere",uniform:"uniform: an end on each side"}}],knobs:[De("real_centre","centre of p"),Ee("real_width","p"),De("fake_centre","centre of q"),Ee("fake_width","q")],draw:St,alt:()=>"Three charts. Above, two densities over x: p of the data, solid, and q of the forger, dashed. Below them D*(x) = p/(p + q), near 1 where p is larger and near 0 where q is. In the third the Jensen–Shannon divergence against the distance of the centres: a valley with its bottom, 0 for equal widths, at distance 0 and walls that level off at log 2; a square marks the place of these two densities.",numbers:kt,words:Mt};var _e=`/* What the small figures add to shared/base.css. */
:host {
  --ink: #1c1c24;
  --teal: #0f8a80;
  --wine: #7a1f4b;
}

:host([dark]) {
  --ink: #e8e8f0;
  --teal: #4fd1c5;
  --wine: #f19ac0;
}

.controls {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr));
  gap: 0.4rem 1.5rem;
  align-items: center;
  margin-bottom: 0.6rem;
}

.control {
  display: grid;
  grid-template-columns: auto 1fr 3rem;
  gap: 0.5rem;
  align-items: center;
}

.control.choice {
  grid-template-columns: auto 1fr;
}

.control select,
.control input {
  min-width: 0;
  width: 100%;
}

.control:has(:disabled) {
  color: var(--muted);
}

.stage {
  position: relative;
}

svg {
  display: block;
  width: 100%;
  height: auto;
  font-size: 13px;
}

/* A ring around a mark of the drawing, large enough for a finger. */
.handle {
  position: absolute;
  width: 2rem;
  height: 2rem;
  min-height: 0;
  margin: -1rem;
  padding: 0;
  border: 2px solid var(--control);
  border-radius: 50%;
  background: none;
  cursor: ew-resize;
  touch-action: pan-y;
}

.handle.cursor {
  cursor: crosshair;
  touch-action: manipulation;
}

.stage.plane svg svg {
  cursor: crosshair;
}

.numbers p,
.words {
  margin: 0.5rem 0 0;
}

table {
  border-collapse: collapse;
  margin-top: 0.5rem;
  font-variant-numeric: tabular-nums;
}

th,
td {
  padding: 0.15rem 1rem 0.15rem 0;
  text-align: start;
  font-weight: normal;
}

thead th {
  color: var(--muted);
}

dl {
  display: flex;
  flex-wrap: wrap;
  gap: 0.2rem 1.5rem;
  margin: 0.5rem 0 0;
}

dt {
  color: var(--muted);
}

dd {
  margin: 0;
  font-variant-numeric: tabular-nums;
}

@media print {
  /* Paper is white, whatever the screen was. */
  :host,
  :host([dark]) {
    --real: #3f4fb5;
    --fake: #d97706;
    --ink: #1c1c24;
    --teal: #0f8a80;
    --wine: #7a1f4b;
    --text: #1c1c24;
    --muted: #5a5a66;
    --line: #c9c9d2;
    --surface: #ffffff;
    color: #1c1c24;
  }

  .controls,
  .handle {
    display: none;
  }
}
`;var Dt={ArrowRight:1,ArrowUp:1,ArrowLeft:-1,ArrowDown:-1,PageUp:10,PageDown:-10,Home:-1e6,End:1e6},le=e=>e?.dataset?.key;function Te(e,n){e.addEventListener("pointerdown",t=>{!le(t.target)||t.button!==0||t.target.setPointerCapture(t.pointerId)}),e.addEventListener("pointermove",t=>{let r=t.target,s=le(r);if(!s||!r.hasPointerCapture(t.pointerId))return;let{left:o,width:i}=e.getBoundingClientRect();n(s,(t.clientX-o)/i)})}function Pe(e,n){e.addEventListener("keydown",t=>{let r=le(t.target),s=Dt[t.key];!r||s===void 0||t.ctrlKey||t.altKey||t.metaKey||(t.preventDefault(),n(r,s))})}var Et=["real","fake","ink","teal","wine","text","muted","line","surface"],T=Object.fromEntries(Et.map(e=>[e,`var(--${e})`]));function he(e,n){return typeof e.label=="string"?e.label:e.label(n)}function P(e,n){let t=Math.min(Math.max(n,e.min),e.max),r=Math.round((t-e.min)/e.step);return Number((e.min+r*e.step).toFixed(6))}function q(e,n,t,r){let s={...n,[t]:r};return e.settle?e.settle(s,n):s}function de(e,n){let t=e.start;for(let{key:r,options:s}of e.choices){let o=n(r.replaceAll("_","-"));o!==null&&Object.hasOwn(s,o)&&(t=q(e,t,r,o))}for(let r of e.knobs){let s=n(r.key.replaceAll("_","-"));s!==null&&Number.isFinite(Number(s))&&(t=q(e,t,r.key,P(r,Number(s))))}return e.begin?e.begin(t):t}function Re(e,n){return e.choices.map(At).join("")+e.knobs.filter(t=>!t.plotOnly).map(Lt).join("")+`<div class="row">${n}</div>`}function At({key:e,label:n,options:t}){let r=Object.entries(t).map(([s,o])=>`<option value="${s}">${o}</option>`);return`<div class="control choice"><label for="${e}">${n}</label><select id="${e}" name="${e}">${r.join("")}</select></div>`}function Lt({key:e,min:n,max:t,step:r}){return`<div class="control"><label for="${e}"></label><input type="range" id="${e}" name="${e}" min="${n}" max="${t}" step="${r}"><span class="number"></span></div>`}function Ce(e,n,t){for(let{key:r}of n.choices)e.querySelector(`#${r}`).value=String(t[r]);for(let r of n.knobs.filter(s=>!s.plotOnly)){let s=e.querySelector(`#${r.key}`),o=r.says(Number(t[r.key]));s.previousElementSibling.textContent=he(r,t),s.nextElementSibling.textContent=o,s.value=String(t[r.key]),s.disabled=r.idle?.(t)??!1,s.setAttribute("aria-valuetext",o)}}function Ne(e,n,t,r,s){for(let{key:o,x:i,y:a}of s.handles){let c=n.knobs.find(h=>h.key===o),l=e.querySelector(`[data-key="${o}"]`)??e.appendChild(It(c));l.style.left=`${100*i/r}%`,l.style.top=`${100*a/s.height}%`,l.setAttribute("aria-label",`${he(c,t)}, on the plot`),l.setAttribute("aria-valuenow",String(t[c.key])),l.setAttribute("aria-valuetext",c.says(Number(t[c.key])))}}function It({key:e,min:n,max:t}){let r=document.createElement("div");return r.className="handle",r.dataset.key=e,r.tabIndex=0,r.setAttribute("role","slider"),r.setAttribute("aria-valuemin",String(n)),r.setAttribute("aria-valuemax",String(t)),r}var _t=300,K=class extends U{state;drawing;width=640;wait=0;build(){this.state=de(this.spec,n=>this.getAttribute(n)),this.fill(_e,`<div class="frame" role="group" aria-label="${this.spec.title}"><div class="controls">${Re(this.spec,this.buttons())}</div><div class="stage"><svg role="img"></svg></div><div class="numbers"></div><p class="words" role="status"></p></div>`),this.show(),this.find(".words").textContent=this.spec.words(this.state),this.listen(),new ResizeObserver(([{contentRect:n}])=>{let t=Math.round(n.width);t<1||t===this.width||(this.width=t,this.paint())}).observe(this.find(".stage"))}repaint(){}buttons(){return'<button type="button" name="again">Start again</button>'}press(n){n==="again"&&this.become(de(this.spec,t=>this.getAttribute(t)))}become(n){this.state=n,this.show(),this.tellSoon()}show(){Ce(this.shadow,this.spec,this.state),this.find(".numbers").innerHTML=this.spec.numbers(this.state),this.find("svg").setAttribute("aria-label",this.spec.alt(this.state)),this.paint()}paint(){let{spec:n,state:t,width:r}=this,s=this.find("svg");this.drawing=n.draw(t,r,T),s.setAttribute("viewBox",`0 0 ${r} ${this.drawing.height}`),s.innerHTML=this.drawing.body,Ne(this.find(".stage"),n,t,r,this.drawing)}tellSoon(){clearTimeout(this.wait),this.wait=window.setTimeout(()=>{this.find(".words").textContent=this.spec.words(this.state)},_t)}listen(){this.shadow.addEventListener("input",({target:t})=>{let r=t,s=r.type==="range"?Number(r.value):r.value;this.become(q(this.spec,this.state,r.name,s))}),this.shadow.addEventListener("click",({target:t})=>{t instanceof HTMLButtonElement&&t.name&&this.press(t.name)});let n=this.find(".stage");Te(n,(t,r)=>this.moveHandle(t,r)),Pe(n,(t,r)=>{let s=this.knob(t);this.turn(t,Number(this.state[t])+r*s.step)})}knob(n){return this.spec.knobs.find(t=>t.key===n)}moveHandle(n,t){let{chart:r}=this.drawing.handles.find(s=>s.key===n);this.turn(n,r.at(t*this.width,0)[0])}turn(n,t){let r=this.knob(n);this.become(q(this.spec,this.state,r.key,P(r,t)))}};function ee(e){return class extends K{spec=e}}var R=[];function te(e){let n=0,t=1;for(let r=0;r<24;r++)[n,t]=[t,(e*t-Math.sqrt(r)*n)/Math.sqrt(r+1)];return[t,n]}function He(){if(R.length===0){let e=2*Math.sqrt(24),n=960;for(let r=0;r<n;r++){let s=e*(2*r/n-1),o=e*(2*(r+1)/n-1),i=Math.sign(te(s)[0]);if(i!==Math.sign(te(o)[0])){for(let a=0;a<60;a++){let c=(s+o)/2;Math.sign(te(c)[0])===i?s=c:o=c}R.push([o,1/te(o)[1]**2])}}let t=R.reduce((r,[,s])=>r+s,0);R=R.map(([r,s])=>[r,s/t])}return R}function Oe(e,n){if(e==="wasserstein")return[1,1,0,0];let t=S(n),r=S(-n),s=t*r;return e==="minimax"?[t,t,s,s]:[r,t,-s,s]}function F(e,[n,t]){let{loss:r,remedy:s,strength:o}=e;if(s==="instance_noise")return Pt(r,o,n,t);let[i,a,c,l]=Oe(r,t*n),h=t*i,d=-n*a;if(s==="consensus"){let u=t**2*i*c+n**2*a*l;return[h-o*(n*a**2+t*u),d-o*(t*i**2+n*u)]}return[h,d-Tt(s,o,t)]}function Tt(e,n,t){if(e==="r1")return n*t;if(e==="r1_r2")return 2*n*t;if(e==="gradient_penalty"){let r=Math.sqrt(t**2+1e-12);return 2*n*(r-1)*t/r}return 0}function Pt(e,n,t,r){let s=0,o=0;for(let[i,a]of He()){let c=n*i,l=t+c,[h,d]=Oe(e,r*l),u=e==="wasserstein"?1:S(-r*c);s+=a*r*h,o+=a*(c*u-l*d)}return[s,o]}function Rt(e,[n,t]){let{order:r,step_size:s}=e;if(r==="simultaneous"){let[o,i]=F(e,[n,t]);return[n+s*o,je(e,t+s*i)]}for(let o=r==="alternating_5"?5:1;o>0;o--)t=je(e,t+s*F(e,[n,t])[1]);return[n+s*F(e,[n,t])[0],t]}function je({remedy:e,strength:n},t){return e==="clipping"?Math.min(Math.max(t,-n),n):t}function qe(e,n,t){let r=[n];for(let s=0;s<t;s++)r.push(Rt(e,r[s]));return r}function Ke(e){return Math.round(100/e)}function Fe(e){let n=Math.floor(e.length/5),t=e.map(([i,a])=>Math.hypot(i,a)),r=Math.max(...t.slice(0,n)),s=Math.max(...t.slice(-n));return t.every(Number.isFinite)?{fate:s<.1*r?"converges":s>1.25*r?"diverges":"circles",early:r,late:s}:{fate:"diverges",early:r,late:1/0}}var w=2,Ct=6,Nt=50,Ht=420,ue={none:{name:"nothing",letter:"strength",strength:0},clipping:{name:"clipping of ψ",letter:"clip c",strength:1},gradient_penalty:{name:"one-centred penalty",letter:"λ",strength:.35},instance_noise:{name:"instance noise",letter:"noise σ",strength:.7},r1:{name:"R1",letter:"γ",strength:.3},r1_r2:{name:"R1 and R2",letter:"γ",strength:.3},consensus:{name:"consensus optimisation",letter:"γ",strength:1}},jt={simultaneous:"simultaneous",alternating:"alternating",alternating_5:"alternating, five D steps"},G={name:"",paths:new Map};function ne(e){let{loss:n,remedy:t,strength:r,order:s,step_size:o}=e,i=`${n} ${t} ${r} ${s} ${o}`;return i!==G.name&&(G.name=i,G.paths.clear()),e.starts.map(a=>{let c=G.paths.get(`${a}`),l=c??qe(e,a,Ke(o));return c||G.paths.set(`${a}`,l),l})}function pe(e){let n=e.findIndex(t=>!(Math.hypot(...t)<Nt));return n<0?e:e.slice(0,n)}function Ge(e){let{theta:n,psi:t}=e;return{...e,starts:[...e.starts,[n,t]].slice(-Ct)}}function J(e,n){let t=Math.min(Ht,e-58),r=[-2,-1,0,1,2],s={left:40+Math.max(0,(e-58-t)/2),top:24,width:t};return new g(n,{...s,height:t},{from:-w,to:w,ticks:r,label:"generator θ"},{from:-w,to:w,ticks:r,label:"discriminator ψ"})}function Ot(e,n){let t=[],r=$(-1.8,1.8,11);for(let[s,o]of r.flatMap(i=>r.map(a=>[i,a]))){let[i,a]=F(n,[s,o]),c=Math.hypot(i,a);if(c<1e-9)continue;let l=10*i/c,h=-10*a/c,d=e.px(s),u=e.py(o);t.push([[d-l,u-h],[d+l,u+h]])}return X(t,e.ink.muted)}function qt(e,n,t){let{ink:r}=e,s=pe(n),o=t?{stroke:r.real,width:1.8}:{stroke:r.muted,dash:"4 3"},i=(c,[l,h],d)=>x(c,e.px(l),e.py(h),d,r),a=t?i("dot",s[s.length-1],r.real):"";return`<g class="path${t?" last":""}">${e.curve(s,o)}${a}</g>`+i("square",n[0],t?r.fake:r.muted)}function Kt(e,n,t){let r=J(n,t),{left:s,top:o,width:i}=r.box,a=ne(e),c=Ot(r,e);if(e.remedy==="clipping")for(let d of[-e.strength,e.strength]){let u={stroke:t.wine,width:1.2,dash:"6 3"};c+=r.segment([-w,d],[w,d],u)}let l=`M${r.px(0)-7} ${r.py(0)}h14m-7 -7v14`;c+=`<path d="${l}" stroke="${t.ink}" stroke-width="2"/>`+a.map((d,u)=>qt(r,d,u===a.length-1)).join("");let h=`<svg x="${s}" y="${o}" width="${i}" height="${i}" viewBox="${s} ${o} ${i} ${i}">${c}</svg>`;return{height:o+i+44,body:r.axes()+h,handles:[]}}var Ft={converges:"it converges",circles:"it circles",diverges:"it leaves"};function Gt(e){let n=ne(e).at(-1),t=`θ = ${p(e.theta,1)}, ψ = `+p(e.psi,1);if(!n)return`No path. Click in the plane, or press Enter on the ring at ${t}.`;let{fate:r,early:s,late:o}=Fe(n),[i,a]=n[0],c=Number.isFinite(o)&&o<1e6?m(o):"beyond a million",l=i===e.theta&&a===e.psi?"":` Next start: ${t}.`;return`From θ = ${p(i,1)}, ψ = ${p(a,1)}, ${n.length-1} steps: ${Ft[r]}. Largest distance from the equilibrium: ${m(s)} in the first fifth of the run, ${c} in the last.${l}`}var Jt=({remedy:e})=>ue[e].letter,Je={title:"The vector field of the Dirac-GAN",start:{loss:"minimax",remedy:"none",strength:0,order:"alternating",step_size:.2,theta:1,psi:1,starts:[[1,1]]},choices:[{key:"loss",label:"loss",options:{minimax:"minimax: zero-sum",non_saturating:"non-saturating",wasserstein:"Wasserstein"}},{key:"remedy",label:"added",options:Object.fromEntries(Object.entries(ue).map(([e,{name:n}])=>[e,n]))},{key:"order",label:"steps",options:jt}],knobs:[{key:"step_size",label:"step size h",min:.05,max:1,step:.05,says:e=>p(e,2)},{key:"strength",label:Jt,min:.05,max:3,step:.05,says:e=>p(e,2),idle:({remedy:e})=>e==="none"},{key:"theta",label:"θ",min:-w,max:w,step:.1,plotOnly:!0,says:e=>p(e,1)},{key:"psi",label:"ψ",min:-w,max:w,step:.1,plotOnly:!0,says:e=>p(e,1)}],settle:(e,n)=>e.remedy===n.remedy?e:{...e,strength:ue[e.remedy].strength},begin:e=>({...e,starts:[[e.theta,e.psi]]}),draw:Kt,alt:()=>"The plane of the generator’s θ and the discriminator’s ψ, both from −2 to 2, with arrows of the vector field, a cross at the equilibrium in the middle, and the paths of gradient steps, each from a square. The last path is solid and ends in a dot, earlier ones are dashed.",numbers:()=>"",words:Gt};var zt=3e3,Bt={ArrowRight:[1,0],ArrowLeft:[-1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},re=class extends K{spec=Je;cursor;frame=0;build(){this.cursor=document.createElement("button"),this.cursor.type="button",this.cursor.name="cursor",this.cursor.className="handle cursor",super.build();let n=this.find(".stage");n.classList.add("plane"),n.addEventListener("click",t=>this.clicked(t)),this.cursor.addEventListener("keydown",t=>this.keyed(t))}buttons(){return`<button type="button" name="clear">Clear</button>${super.buttons()}`}press(n){super.press(n),n==="clear"&&this.become({...this.state,starts:[]}),n==="cursor"&&this.begin(this.state)}screenChanged(){!this.onScreen&&this.frame&&this.paint()}paint(){cancelAnimationFrame(this.frame),this.frame=0,super.paint();let{state:{theta:n,psi:t},cursor:r}=this,s=J(this.width,T);r.isConnected||this.find(".stage").append(r),r.style.left=`${100*s.px(n)/this.width}%`,r.style.top=`${100*s.py(t)/this.drawing.height}%`,r.setAttribute("aria-label",`Start a path at θ = ${p(n,1)}, ψ = ${p(t,1)}; arrow keys move this place`)}begin(n){this.become(Ge(n)),this.onScreen&&!we()&&this.run()}moved(n,t){let[r,s]=["theta","psi"].map(o=>this.spec.knobs.find(i=>i.key===o));return{...this.state,theta:P(r,n),psi:P(s,t)}}clicked({target:n,clientX:t,clientY:r}){if(n===this.cursor)return;let{left:s,top:o,width:i}=this.find(".stage").getBoundingClientRect(),a=this.width/i,[c,l]=J(this.width,T).at((t-s)*a,(r-o)*a);Math.max(Math.abs(c),Math.abs(l))>w||this.begin(this.moved(c,l))}keyed(n){let t=Bt[n.key];if(!t||n.ctrlKey||n.altKey||n.metaKey)return;n.preventDefault();let{theta:r,psi:s}=this.state;this.become(this.moved(r+.1*t[0],s+.1*t[1]))}run(){let n=pe(ne(this.state).at(-1)),[t,r]=this.find(".last").children,s=t.getAttribute("d"),o=[...s.matchAll(/L/g)].map(({index:l})=>l),i=J(this.width,T),a=performance.now(),c=l=>{let h=Math.min(Math.max(l-a,0)/zt,1),d=Math.floor(h*(n.length-1));t.setAttribute("d",s.slice(0,o[d]??s.length));let[u,f]=[i.px(n[d][0]),i.py(n[d][1])];r.setAttribute("transform",`translate(${u} ${f})`),this.frame=h<1?requestAnimationFrame(c):0};c(a)}};var k=8,ze=1.6,Ut=-5.5,Be=$(-k,k,81),Ue={from:-k,to:k,ticks:[-8,-4,0,4,8],label:"logit t of a fake"};function Vt(e,n){let t=e>=560,r=58,s=200,o=(t?e/2:e)-58,i=t?r:r+s+76,a=t?e/2+46:46;return{losses:new g(n,{left:46,top:r,width:o,height:s},Ue,{from:-k,to:k,ticks:[-8,-4,0,4,8],label:"loss (nats)"}),pushes:new g(n,{left:a,top:i,width:o,height:s},Ue,{from:0,to:1,ticks:[0,.5,1],label:"push upwards: minus the slope"}),height:i+s+44}}function Wt(e,n){return[-ze,ze].map(t=>[n+t,e.value(n)+t*e.slope(n)])}function Zt({logit:e},n,t){let{losses:r,pushes:s,height:o}=Vt(n,t),i=[{loss:W,name:"minimax",colour:t.real,shape:"square",dash:void 0},{loss:Z,name:"non-saturating",colour:t.fake,shape:"diamond",dash:"8 4"}],a=L(i,46,14,t)+r.axes()+s.axes();for(let[l,h,d]of[[r,-k,k],[s,0,1]]){let u={stroke:t.muted,width:1,dash:"2 3"};a+=l.segment([e,h],[e,d],u)}for(let{loss:l,colour:h,dash:d,shape:u}of i){let f=b=>-l.slope(b);a+=r.curve(Be.map(b=>[b,l.value(b)]),{stroke:h,dash:d})+s.curve(Be.map(b=>[b,f(b)]),{stroke:h,dash:d})+r.curve(Wt(l,e),{stroke:t.ink,width:1.2})+x(u,r.px(e),r.py(l.value(e)),h,t)+x(u,s.px(e),s.py(f(e)),h,t)}let c={key:"logit",x:r.px(e),y:r.py(Ut),chart:r};return a+=x("dot",c.x,c.y,t.ink,t),{height:o,body:a,handles:[c]}}function Xt({logit:e}){let n=(t,r)=>`<tr><th scope="row">${t}</th><td>${m(r.value(e))}</td><td>${m(r.slope(e))}</td></tr>`;return`<p>D = σ(t) = ${m(S(e))}</p><table><thead><tr><th scope="col">generator’s loss</th><th scope="col">value (nats)</th><th scope="col">slope in t</th></tr></thead><tbody>`+n("minimax, log(1 − D)",W)+n("non-saturating, −log D",Z)+"</tbody></table>"}function Yt({logit:e}){let n=[-W.slope(e),-Z.slope(e)],t=`At logit ${p(e,1)} the detective gives this fake a ${$e(S(e))} chance of being real. `;if(e===0)return`${t}Both losses push it equally hard, with 0.5.`;let[r,s]=e<0?["The non-saturating loss","minimax"]:["The minimax loss","the non-saturating loss"];return`${t}${r} pushes it up ${Me(Math.exp(Math.abs(e)))} times as hard as ${s}: ${m(Math.max(...n))} against ${m(Math.min(...n))}.`}var Ve={title:"Two generator losses at the logit of one fake",start:{logit:-4},choices:[],knobs:[{key:"logit",label:"logit t",min:-k,max:k,step:.1,says:e=>p(e,1)}],draw:Zt,alt:()=>"Two charts over the logit t of a fake. Left, the losses: minimax is flat at 0 for negative logits and falls for positive ones, non-saturating falls for negative logits and is flat at 0 for positive ones. Right, how hard each pushes: minimax rises from 0 to 1, non-saturating falls from 1 to 0. A dotted line marks t.",numbers:Xt,words:Yt};var We=5,M=1e-9;function v({shape:e,centre:n,width:t}){return e==="point"?[n]:Array.from({length:We},(r,s)=>n+t*(s/(We-1)-.5))}function me(e,n){if(e.shape==="boxes")return e.centre+e.width*(n-.5);let t=v(e);return t[Math.min(Math.floor(n*t.length),t.length-1)]}function Ze(e,n){if(e.shape==="boxes")return Math.min(Math.max((n-e.centre)/e.width+.5,0),1);let t=v(e);return t.filter(r=>r<=n).length/t.length}function z(e,n){let{value:t,slope:r}=e.shape==="boxes"?en(e,n):Qt(e,n);return{value:t,slope:r,beside:t}}function Qt(e,n){let t=v(e),r=v(n),s=1/t.length,o=0,i={left:0,right:0};for(let a=0;a<t.length;a++){let c=r[a]-t[a];o+=s*Math.abs(c),i.left+=s*(c>M?1:-1),i.right+=s*(c<-M?-1:1)}return{value:o,slope:i}}function en(e,n){let t=n.centre-e.centre,r=Math.abs(n.width-e.width);if(r>M&&Math.abs(t)<r/2){let o=2*t/r;return{value:t*t/r+r/4,slope:{left:o,right:o}}}let s={left:t>M?1:-1,right:t<-M?-1:1};return{value:Math.abs(t),slope:r>M?Ye(Math.sign(t)):s}}var Ye=e=>({left:e,right:e});function C(e,n){if(e.shape==="boxes"){let{jsd:t,slope:r}=A({...e,shape:"uniform"},{...n,shape:"uniform"});return{value:t,slope:r,beside:t}}return{value:tn(e,n),slope:Ye(0),beside:Math.LN2-Qe(e,n,1e-6)}}function tn(e,n){return Math.LN2-Qe(e,n,0)}function Qe(e,n,t){let r=Xe(v(e)),s=Xe(v(n).map(i=>i+t)),o=0;for(let[i,a]of r){let c=s.find(([l])=>Math.abs(i-l)<M)?.[1]??0;c>0&&(o+=.5*(a*Math.log((a+c)/a)+c*Math.log((a+c)/c)))}return o}function Xe(e){let n=[];for(let t of e){let r=n.find(([s])=>Math.abs(t-s)<M);r?r[1]+=1/e.length:n.push([t,1/e.length])}return n}function et(e,n,t,r){let s=[e,n].flatMap(h=>h.shape==="boxes"?[h.centre-h.width/2,h.centre+h.width/2]:v(h)),o=(e.centre*n.width-n.centre*e.width)/(n.width-e.width);e.shape==="boxes"&&Math.abs(n.width-e.width)>M&&s.push(o);let i=[t,...s.filter(h=>h>t&&h<r),r].sort((h,d)=>h-d),a=0,c=i.map((h,d)=>{if(d>0){let u=i[d-1],f=(u+h)/2,b=Ze(n,f)-Ze(e,f);Math.abs(b)>M&&(a+=Math.sign(b)*(h-u))}return a}),l=(Math.max(...c)+Math.min(...c))/2;return i.map((h,d)=>[h,c[d]-l])}var fe=1.5,se=2.7,B=2*fe,nn=9,ot="8 4",rn=[{name:"p, the data",colour:"real",shape:"dot"},{name:"q, the forger",colour:"fake",shape:"triangle"}],tt=[{name:"W₁",colour:"teal",shape:"square"},{name:"JSD",colour:"wine",shape:"diamond",dash:ot}];function be(e){let{shape:n}=e;return{p:{shape:n,centre:e.real_centre,width:e.real_width},q:{shape:n,centre:e.fake_centre,width:e.fake_width}}}function sn(e,n){let t=e>=620,r=t?Math.round(.56*e):e,s={from:-se,to:se,ticks:[-2,-1,0,1,2],label:"x"},o={left:46,width:r-58},i=t?{left:r+46,width:e-r-58,top:58,height:262}:{left:46,width:e-58,top:442,height:170};return{line:new g(n,{...o,top:58,height:110},{...s,label:""},{from:-.35,to:1.35,ticks:[],label:"the cheapest plan"}),critic:new g(n,{...o,top:222,height:98},s,{from:-2.5,to:2.5,ticks:[-2,0,2],label:"critic φ(x)"}),shifts:new g(n,i,{from:-B,to:B,ticks:[-3,-2,-1,0,1,2,3],label:"shift θ: centre of q minus centre of p"},{from:0,to:B,ticks:[0,1,2,3],label:"distance of p and q"}),height:t?364:656}}function nt(e,n,t,r,s){if(n.shape!=="boxes")return v(n).map(h=>x(r,e.px(h),e.py(t),s,e.ink)).join("");let o=n.width/2,i=.24,c=[[-o,0],[-o,i],[o,i],[o,0],[-o,0]].map(([l,h])=>[n.centre+l,t+(t>.5?h:-h)]);return`<path d="${e.trace(c)}Z" fill="${s}" fill-opacity="0.3" stroke="${s}"/>`+x(r,e.px(n.centre),e.py(t),s,e.ink)}function on(e,n,t){let r=n.shape==="boxes"?nn:v(n).length,s=Array.from({length:r},(o,i)=>(i+.5)/r);return X(s.map(o=>[[e.px(me(n,o)),e.py(.92)],[e.px(me(t,o)),e.py(.1)]]),e.ink.muted,7)}function an(e,n,t){let r=l=>({...t,centre:n.centre+l}),s=$(-B,B,121),o=l=>s.map(h=>[h,l(n,r(h)).beside]),i={stroke:e.ink.wine,dash:ot},a=e.curve(o(z),{stroke:e.ink.teal})+e.curve(o(C),i),c=n.shape==="boxes"?[]:v(n).flatMap(l=>v({...t,centre:0}).map(h=>l-h-n.centre));for(let l of new Set(c.map(h=>Number(h.toFixed(9))))){let{value:h,beside:d}=C(n,r(l)),u={stroke:e.ink.wine,width:1.2};a+=e.segment([l,d],[l,h],u)}return a}function cn(e,n,t){let{p:r,q:s}=be(e),{line:o,critic:i,shifts:a,height:c}=sn(n,t),l=H=>H.map(I=>({...I,colour:t[I.colour]})),{left:h,top:d}=a.box,u=s.centre-r.centre,f=[z(r,s),C(r,s)].map(({value:H},I)=>{let{shape:ie,colour:at}=tt[I];return x(ie,a.px(u),a.py(H),t[at],t)}),b=L(l(rn),46,14,t)+L(l(tt),h,d-44,t)+o.axes()+i.axes()+a.axes()+on(o,r,s)+nt(o,r,1,"dot",t.real)+nt(o,s,0,"triangle",t.fake)+i.curve(et(r,s,-se,se),{stroke:t.ink})+an(a,r,s)+f.join(""),oe=[["real_centre",r,1],["fake_centre",s,0]].map(([H,{centre:I},ie])=>({key:H,x:o.px(I),y:o.py(ie),chart:o}));return{height:c,body:b,handles:oe}}function ln({value:e,slope:n,beside:t}){return Math.abs(t-e)>1e-9?"a jump here, 0 beside it":O(n)}function hn(e){let{p:n,q:t}=be(e),r=(s,o)=>`<tr><th scope="row">${s}</th><td>${p(o.value,3)}</td><td>${ln(o)}</td></tr>`;return'<table><thead><tr><th scope="col">distance</th><th scope="col">value</th><th scope="col">slope in θ</th></tr></thead><tbody>'+r("W₁",z(n,t))+r("JSD (nats)",C(n,t))+"</tbody></table>"}function dn(e){let{p:n,q:t}=be(e),r=t.centre-n.centre,s=z(n,t),o=C(n,t),i=`θ = ${p(r,2)}: W₁ is ${p(s.value,3)}, JSD ${m(Math.max(o.value,0))} nats. `;if(s.value<1e-9)return`${i}The two are equal; any move would raise both.`;if(Math.abs(o.beside-o.value)>1e-9)return`${i}Some of the points meet, and JSD jumps: it has no slope to follow.`;let a=s.slope.left>0?"to the left":"to the right",l=s.slope.left*s.slope.right<=0?"W₁ is at its lowest for these shapes":`W₁ sends the forger ${a}`,h=o.slope.left===0&&o.slope.right===0;return`${i}${l}; ${h?"JSD is flat and says nothing":"JSD has a slope, too"}.`}var rt=(e,n)=>({key:e,label:n,min:-fe,max:fe,step:.05,says:t=>p(t,2)}),st=(e,n)=>({key:e,label:n,min:.1,max:2,step:.05,says:t=>p(t,2),idle:({shape:t})=>t==="point"}),it={title:"Two masses on a line, the cheapest plan, and two distances",start:{shape:"point",real_centre:-.5,fake_centre:.5,real_width:1,fake_width:1},choices:[{key:"shape",label:"shape",options:{point:"one point each (parallel lines)",points:"five points each",boxes:"boxes"}}],knobs:[rt("real_centre","centre of p"),st("real_width","width of p"),rt("fake_centre","centre of q"),st("fake_width","width of q")],draw:cn,alt:()=>"Three charts. Above, the data p on an upper line and the forger q on a lower one, with arrows of the cheapest plan that keep the order and do not cross. Below, the critic: it falls or rises by 1 a unit where mass has to cross and is flat elsewhere. In the third both distances against the shift: W₁ rises on either side of its lowest place, with slope 1 once the two are apart; JSD is flat at log 2 there. Marks show these two.",numbers:hn,words:dn};j("gan-logit-slider",ee(Ve));j("gan-two-densities",ee(Ie));j("gan-dirac-field",re);j("gan-moving-masses",ee(it));})();
