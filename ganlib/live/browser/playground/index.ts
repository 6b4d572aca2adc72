/** What built/playground.js is made from: the element `<gan-playground>`. */

import wasm from "../out/kernels.wasm";
import { define } from "../shared/element.ts";
import { Playground } from "./element.ts";

Playground.wasm = wasm;
define("gan-playground", Playground);
