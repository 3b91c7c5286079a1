/** Choices of a form: time zones by the names that their people use. */

import { html } from "./html.js";

/** @type {Record<string, string>} Browsers still call some zones by names that their people have given up. */
const ZONES_NOW = {
  "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Rangoon": "Asia/Yangon", "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Europe/Kiev": "Europe/Kyiv", "America/Buenos_Aires": "America/Argentina/Buenos_Aires", "Atlantic/Faeroe": "Atlantic/Faroe",
};

/** @param {[string, string][]} choices @param {string} chosen */
export const options = (choices, chosen) => choices.map(([value, title]) => html`<option value=${value} selected=${value === chosen}>${title}</option>`);

/** @param {string} own @returns {[string, string][]} */
export const zones = (own) => [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone").map((zone) => ZONES_NOW[zone] ?? zone)])].sort().map((zone) => [zone, zone.replaceAll("_", " ")]);
