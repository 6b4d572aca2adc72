/** What built/forger.js is made from: a published generator to play with, in three ways. */

import { define } from "../shared/element.ts";
import { PickClass } from "./classes.ts";
import { LatentPath } from "./path.ts";
import { LatentSlice } from "./slice.ts";

define("gan-latent-slice", LatentSlice);
define("gan-latent-path", LatentPath);
define("gan-pick-class", PickClass);
