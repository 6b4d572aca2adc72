/** What built/figures.js is made from: the four small figures as elements. */

import { define } from "../shared/element.ts";
import { DENSITIES } from "./densities/figure.ts";
import { DiracField } from "./dirac/element.ts";
import { plotFigure } from "./figure.ts";
import { LOGIT } from "./logit/figure.ts";
import { MASSES } from "./masses/figure.ts";

define("gan-logit-slider", plotFigure(LOGIT));
define("gan-two-densities", plotFigure(DENSITIES));
define("gan-dirac-field", DiracField);
define("gan-moving-masses", plotFigure(MASSES));
