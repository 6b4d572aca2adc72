/** What built/playground.js is made from: the element `<gan-playground>`. */

import { define } from "../shared/element.ts";
import { Playground } from "./element.ts";

define("gan-playground", Playground);
