"use strict";(()=>{var M=`/* What all live figures share. Colours are those of shared/theme.ts. */
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
`;var D={real:"#3f4fb5",fake:"#d97706",ink:"#1c1c24",teal:"#0f8a80",wine:"#7a1f4b",wash:[[242,184,102],[255,255,255],[141,152,220]],text:"#1c1c24",muted:"#5a5a66",line:"#c9c9d2",surface:"#ffffff"},G={real:"#a5b0ff",fake:"#ffb454",ink:"#e8e8f0",teal:"#4fd1c5",wine:"#f19ac0",wash:[[110,66,8],[22,24,34],[49,58,128]],text:"#e8e8f0",muted:"#b4b4c2",line:"#4a4c5c",surface:"#161822"};function L(){return w()?G:D}function w(){let o=document.documentElement,e=document.body;return o.dataset.theme?o.dataset.theme==="dark":e.dataset.jpThemeLight?e.dataset.jpThemeLight==="false":o.hasAttribute("theme")?o.getAttribute("theme")==="dark":matchMedia("(prefers-color-scheme: dark)").matches}function S(o){let e=new MutationObserver(o),t=["data-theme","data-jp-theme-light","theme"];e.observe(document.documentElement,{attributes:!0,attributeFilter:t}),e.observe(document.body,{attributes:!0,attributeFilter:t});let n=matchMedia("(prefers-color-scheme: dark)");return n.addEventListener("change",o),()=>{e.disconnect(),n.removeEventListener("change",o)}}var f=class extends HTMLElement{shadow;ready;onScreen=!1;built=!1;setReady;leave=[];constructor(){super(),this.shadow=this.attachShadow({mode:"open"}),this.ready=new Promise(e=>this.setReady=e)}screenChanged(){}connectedCallback(){this.noteTheme(),this.built||(this.built=!0,this.buildOnce()),this.leave.push(S(()=>{this.noteTheme(),this.repaint()})),this.watchScreen()}disconnectedCallback(){for(let e of this.leave.splice(0))e();this.setOnScreen(!1)}fill(e,t){this.shadow.innerHTML=`<style>${M}${e}</style>${t}`}find(e){let t=this.shadow.querySelector(e);if(!t)throw new Error(`this figure has no ${e}`);return t}async buildOnce(){try{await this.build()}catch(e){this.fail(e)}this.setReady()}fail(e){let t=e instanceof Error?e.message:String(e),n=document.createElement("p");n.textContent=`This figure cannot run here: ${t}`,this.shadow.replaceChildren(document.createElement("slot"),n)}noteTheme(){this.toggleAttribute("dark",w())}watchScreen(){let e=!1,t=()=>this.setOnScreen(e&&!document.hidden),n=new IntersectionObserver(r=>{e=r[r.length-1].isIntersecting,t()});n.observe(this),document.addEventListener("visibilitychange",t),this.leave.push(()=>n.disconnect(),()=>document.removeEventListener("visibilitychange",t))}setOnScreen(e){e!==this.onScreen&&(this.onScreen=e,this.screenChanged())}};function _(o,e){customElements.get(o)||customElements.define(o,e)}var p=class{values;length=0;stride=1;sum=0;count=0;constructor(e){this.values=new Float32Array(e)}add(e){this.sum+=e,this.count+=1,!(this.count<this.stride)&&(this.length===this.values.length&&this.halve(),!(this.count<this.stride)&&(this.values[this.length++]=this.sum/this.count,this.sum=0,this.count=0))}clear(){this.length=this.sum=this.count=0,this.stride=1}halve(){this.length/=2;for(let e=0;e<this.length;e++)this.values[e]=(this.values[2*e]+this.values[2*e+1])/2;this.stride*=2}};var T=`
  <ul class="legend" aria-label="Legend">
    <li><svg viewBox="-5 -5 10 10" aria-hidden="true"><circle r="4" fill="var(--real)"/></svg>
      data</li>
    <li><svg viewBox="-5 -5 10 10" aria-hidden="true"><path d="M0-4.5 4 3H-4z"
      fill="var(--fake)"/></svg> forgeries</li>
    <li class="wash-key"><span data-low>D says: forged</span><i></i><span
      data-high>real</span></li>
  </ul>`;var F=13,b=48;var H=64,O=.11,g=class{canvas;context;washCanvas=document.createElement("canvas");washImage=null;constructor(e){let t=e.getContext("2d");if(!t)throw new Error("the browser gives no canvas to draw on.");this.canvas=e,this.context=t}fit(){let e=Math.min(devicePixelRatio||1,2),t=Math.max(Math.round(this.canvas.clientWidth*e),64);return this.canvas.width===t?!1:(this.canvas.width=this.canvas.height=t,!0)}paint(e,t){let{context:n,canvas:r}=this,a=r.width;n.fillStyle=t.surface,n.fillRect(0,0,a,a),e.wash&&this.paintWash(e.wash,e.side,t.wash),e.lines&&this.paintLines(e.lines,e.extent,t.muted),this.paintDots(e.real,e.extent,t.real),this.paintTriangles(e.fake,e.extent,t),e.pull&&this.paintArrows(e,t.text),e.drawn&&this.paintDrawn(e.drawn,e.extent,t.real),e.cross&&this.paintCross(e.cross,e.extent,t.text)}x(e,t){return(e/t+1)/2*this.canvas.width}y(e,t){return(1-e/t)/2*this.canvas.height}paintWash(e,t,[n,r,a]){(this.washCanvas.width!==t||!this.washImage)&&(this.washCanvas.width=this.washCanvas.height=t,this.washImage=new ImageData(t,t));let{data:s}=this.washImage;for(let i=0;i<e.length;i++){let h=2/(1+Math.exp(-e[i]))-1,l=h<0?n:a,c=Math.abs(h);for(let u=0;u<3;u++)s[4*i+u]=r[u]+c*(l[u]-r[u]);s[4*i+3]=255}this.washCanvas.getContext("2d")?.putImageData(this.washImage,0,0),this.context.imageSmoothingEnabled=!0,this.context.drawImage(this.washCanvas,0,0,this.canvas.width,this.canvas.height)}paintDots(e,t,n){let{context:r}=this,a=e.length/2,s=this.canvas.width/190;r.fillStyle=n,r.beginPath();for(let i=0;i<a;i++){let h=this.x(e[i],t),l=this.y(e[a+i],t);r.moveTo(h+s,l),r.arc(h,l,s,0,2*Math.PI)}r.fill()}paintTriangles(e,t,n){let{context:r}=this,a=e.length/2,s=this.canvas.width/130;r.fillStyle=n.fake,r.strokeStyle=n.surface,r.lineWidth=this.canvas.width/1e3,r.beginPath();for(let i=0;i<a;i++){let h=this.x(e[i],t),l=this.y(e[a+i],t);r.moveTo(h,l-s),r.lineTo(h+.9*s,l+.6*s),r.lineTo(h-.9*s,l+.6*s),r.closePath()}r.fill(),r.stroke()}paintArrows({fake:e,pull:t,extent:n},r){if(!t)return;let{context:a}=this,s=e.length/2,i=Math.ceil(s/H),h=0;for(let l=0;l<s;l+=i)h=Math.max(h,t[l]**2+t[s+l]**2);if(h>0){a.strokeStyle=r,a.lineWidth=this.canvas.width/380,a.beginPath();for(let l=0;l<s;l+=i){let c=Math.sqrt(t[l]**2+t[s+l]**2);if(c===0)continue;let u=Math.sqrt(c/Math.sqrt(h)),m=O*this.canvas.width*u/c,y=this.x(e[l],n),d=this.y(e[s+l],n);this.traceArrow(y,d,m*t[l],-m*t[s+l])}a.stroke()}}traceArrow(e,t,n,r){let{context:a}=this;a.moveTo(e,t),a.lineTo(e+n,t+r);for(let s of[-1,1])a.moveTo(e+n,t+r),a.lineTo(e+.72*n-.16*s*r,t+.72*r+.16*s*n)}paintLines(e,t,n){let{context:r}=this;r.strokeStyle=n,r.lineWidth=this.canvas.width/700,r.beginPath();for(let a=0;a<2*F;a++){let s=2*b*a;for(let i=0;i<b;i++){let h=this.x(e[s+i],t),l=this.y(e[s+b+i],t);i?r.lineTo(h,l):r.moveTo(h,l)}}r.stroke()}paintDrawn(e,t,n){let{context:r}=this,a=this.canvas.width/60;r.strokeStyle=n,r.lineWidth=this.canvas.width/300,r.beginPath();for(let s=0;s<e.length;s+=2){let i=this.x(e[s],t),h=this.y(e[s+1],t);r.moveTo(i+a,h),r.arc(i,h,a,0,2*Math.PI)}r.stroke()}paintCross([e,t],n,r){let{context:a}=this,s=this.canvas.width/35,i=this.x(e,n),h=this.y(t,n);a.strokeStyle=r,a.lineWidth=this.canvas.width/240,a.beginPath(),a.moveTo(i-s,h),a.lineTo(i+s,h),a.moveTo(i,h-s),a.lineTo(i,h+s),a.stroke()}};var E=`/* A picture of the plane with its legend, numbers and curves. */
.stage {
  display: grid;
  gap: 0.75rem;
}

@container (min-width: 620px) {
  .stage {
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
  }
}

.plane {
  display: block;
  width: 100%;
  max-width: 30rem;
  aspect-ratio: 1;
  border: 1px solid var(--line);
  border-radius: 5px;
}

.legend {
  display: flex;
  flex-wrap: wrap;
  gap: 0.2rem 1rem;
  margin: 0.35rem 0 0;
  padding: 0;
  list-style: none;
  font-size: 0.9em;
}

.legend li {
  display: flex;
  align-items: center;
  gap: 0.35rem;
}

.legend svg {
  width: 0.8em;
  height: 0.8em;
}

.wash-key i {
  width: 4.5rem;
  height: 0.8em;
  border: 1px solid var(--line);
  background: linear-gradient(
    90deg,
    var(--wash-low),
    var(--wash-middle),
    var(--wash-high)
  );
}

:host {
  --wash-low: rgb(242 184 102);
  --wash-middle: rgb(255 255 255);
  --wash-high: rgb(141 152 220);
}

:host([dark]) {
  --wash-low: rgb(110 66 8);
  --wash-middle: rgb(22 24 34);
  --wash-high: rgb(49 58 128);
}

.side {
  display: flex;
  flex-direction: column;
  gap: 0.6rem;
}

.curves {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 0.5rem;
  font-size: 0.85em;
}

.curve canvas {
  display: block;
  width: 100%;
  height: 44px;
}
`;function P(o,e,t,n){let r=Math.min(devicePixelRatio||1,2),a=Math.round(o.clientWidth*r),s=Math.round(o.clientHeight*r);if(!a||!s)return;o.width!==a&&(o.width=a),o.height!==s&&(o.height=s);let i=o.getContext("2d");if(!i)return;i.clearRect(0,0,a,s);let{values:h,length:l}=e,[c,u]=K(h,l);if(i.strokeStyle=n.line,i.lineWidth=r,i.strokeRect(r/2,r/2,a-r,s-r),l<2)return;let m=3*r,y=u-c||1;i.strokeStyle=t,i.lineWidth=1.5*r,i.beginPath();for(let d=0;d<l;d++){let x=m+(a-2*m)*d/(l-1),A=s-m-(s-2*m)*(h[d]-c)/y;d?i.lineTo(x,A):i.moveTo(x,A)}i.stroke()}function K(o,e){let t=1/0,n=-1/0;for(let r=0;r<e;r++)Number.isFinite(o[r])&&(t=Math.min(t,o[r]),n=Math.max(n,o[r]));return[t,n]}function k(o){if(o.byteLength%4||o.byteLength<24)throw new Error(`a frame has ${o.byteLength} bytes, which is no whole number of floats.`);let e=j(o),[t,n,r,a,s,i]=e,h=6+4*t+n*n;if(e.length!==h)throw new Error(`a frame of ${t} points and ${n} cells along a side holds ${h} numbers, but this one holds ${e.length}.`);let l=(c,u)=>e.subarray(6+c,6+c+u);return{scene:{extent:r,side:n,real:l(0,2*t),fake:l(2*t,2*t),wash:l(4*t,n*n)},step:a,d_loss:s,g_loss:i}}function j({buffer:o,byteOffset:e,byteLength:t}){return e%4===0?new Float32Array(o,e,t/4):new Float32Array(o.slice(e,e+t))}function N(o){return new DataView(Uint8Array.from(atob(o),e=>e.charCodeAt(0)).buffer)}var C=`.controls {
  display: flex;
  flex-direction: column;
  gap: 0.5rem;
  align-items: flex-start;
}

.controls label {
  display: flex;
  flex-direction: column;
  font-size: 0.9em;
}

.status {
  margin: 0.5rem 0 0;
  font-size: 0.9em;
}

.status:empty {
  display: none;
}

/* Without a kernel there is nothing to press and no curve, and a sentence says so. */
:host(:not([kernel])) .controls,
:host(:not([kernel])) .curve canvas,
:host([kernel]) .alone {
  display: none;
}
`;var V=`
  <section class="frame" aria-label="A training in Python, watched">
    <div class="stage">
      <div>
        <canvas class="plane" role="img"></canvas>
        ${T}
      </div>
      <div class="side">
        <div class="number">Step <output data-read="step">0</output></div>
        <div class="curve">Loss of D <output data-read="d_loss">–</output>
          <canvas data-curve="d_loss" aria-hidden="true"></canvas></div>
        <div class="curve">Loss of G <output data-read="g_loss">–</output>
          <canvas data-curve="g_loss" aria-hidden="true"></canvas></div>
        <div class="controls">
          <button type="button" class="main" data-do="run">Train</button>
          <label>Learning rate of G
            <input type="number" data-rate="g_lr" min="0" max="1" step="any"></label>
          <label>Learning rate of D
            <input type="number" data-rate="d_lr" min="0" max="1" step="any"></label>
        </div>
        <p class="muted alone">The last picture of a training in Python. With a kernel it
          goes on here.</p>
      </div>
    </div>
    <p class="status muted" role="status"></p>
  </section>`,v=class extends f{changed=null;picture=null;frame=null;shared={running:!1,g_lr:0,d_lr:0};curves={d_loss:new p(240),g_loss:new p(240)};build(){this.fill(E+C,V),this.picture=new g(this.find(".plane")),this.find("[data-do=run]").addEventListener("click",()=>this.changed?.({running:!this.shared.running})),this.shadow.addEventListener("change",t=>{let n=t.target,r=n.dataset.rate,a=Number(n.value);n.value!==""&&a>=0&&a<=1?this.changed?.({[r]:a}):this.say(`${r} is ${n.value||"empty"}, but must be from 0 to 1.`),n.value=String(this.shared[r])});let e=this.getAttribute("frame");e&&!this.frame&&(this.frame=k(N(e))),this.share(this.shared),this.repaint(),new ResizeObserver(()=>this.repaint()).observe(this)}show(e){let t=k(e);if(this.frame&&t.step<this.frame.step)for(let n of Object.values(this.curves))n.clear();(!this.frame||t.step!==this.frame.step)&&(this.curves.d_loss.add(t.d_loss),this.curves.g_loss.add(t.g_loss)),this.frame=t,(this.onScreen||!this.picture)&&this.repaint()}share(e){let t=this.shared.running&&!e.running;if(this.shared={...e},!!this.picture){this.toggleAttribute("kernel",this.changed!==null),this.find("[data-do=run]").textContent=e.running?"Pause":"Train";for(let n of["g_lr","d_lr"])this.find(`[data-rate=${n}]`).value=String(e[n]);t&&this.frame&&this.say(this.sentence(this.frame))}}screenChanged(){this.onScreen&&this.repaint()}repaint(){let{picture:e,frame:t}=this,n=L();if(!(!e||!t)){e.fit(),e.paint(t.scene,n),this.find(".plane").setAttribute("aria-label",this.sentence(t)),this.find("[data-read=step]").textContent=t.step.toLocaleString("en");for(let[r,a]of[["d_loss","real"],["g_loss","fake"]]){let s=this.find(`canvas[data-curve=${r}]`);P(s,this.curves[r],n[a],n);let i=t[r];this.find(`[data-read=${r}]`).textContent=Number.isNaN(i)?"–":i.toPrecision(3)}}}sentence({step:e,d_loss:t,g_loss:n}){let r=Number.isNaN(t)?"":` The discriminator’s loss is ${t.toPrecision(3)}, the generator’s ${n.toPrecision(3)}.`;return`Data as dots and forgeries as triangles in the plane, step ${e}.${r}`}say(e){this.find(".status").textContent=e}};_("gan-watch",v);globalThis.ganlibWatch=(o,e)=>{let t=document.createElement("gan-watch"),n=["running","g_lr","d_lr"],r=()=>t.share(Object.fromEntries(n.map(s=>[s,o.get(s)]))),a=()=>{let s=o.get("frame");s.byteLength&&t.show(s)};t.changed=s=>{for(let[i,h]of Object.entries(s))o.set(i,h);o.save_changes()},e.append(t),r(),a(),o.on("change:frame",a);for(let s of n)o.on(`change:${s}`,r);return()=>{o.off("change:frame",a);for(let s of n)o.off(`change:${s}`,r);t.remove()}};})();
