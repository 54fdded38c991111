// The results of this browser. The service lists no jobs, since an id is all that is needed to see one.

import * as api from "./api.js";
import { hasEnded } from "./stage.js";

const KEY = "stylegraph.jobs";
const MOST = 24;

function remembered() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(ids) ? ids.filter((it) => typeof it === "string") : [];
  } catch {
    return [];
  }
}

export class History {
  constructor(onOpen) {
    this.onOpen = onOpen;
    this.jobs = [];
  }

  /** Asks for every job remembered; those that are gone are forgotten. */
  async load() {
    const found = await Promise.all(remembered().map((id) => api.job(id).catch(() => undefined)));
    this.jobs = found.filter((it) => it && it.state !== "expired");
    this.save();
  }

  /** A new job, or what is new of one. */
  put(status) {
    const index = this.jobs.findIndex((it) => it.id === status.id);
    if (index < 0) {
      this.jobs = [status, ...this.jobs].slice(0, MOST);
    } else {
      this.jobs[index] = status;
    }
    this.save();
  }

  forget(id) {
    this.jobs = this.jobs.filter((it) => it.id !== id);
    this.save();
  }

  unfinished() {
    return this.jobs.find((it) => !hasEnded(it));
  }

  save() {
    localStorage.setItem(KEY, JSON.stringify(this.jobs.map((it) => it.id)));
    this.show();
  }

  select(id) {
    this.selected = id;
    this.show();
  }

  show() {
    const shown = this.jobs.filter((it) => it.result || !hasEnded(it));
    document.getElementById("history").hidden = !shown.length;
    const list = document.getElementById("results");
    const focused = list.contains(document.activeElement) && document.activeElement.dataset.job;
    list.replaceChildren(...shown.map((it) => this.item(it)));
    list.querySelector(`[data-job="${focused}"]`)?.focus();
  }

  item(status) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.job = status.id;
    if (status.id === this.selected) {
      button.setAttribute("aria-current", "true");
    }
    const image = document.createElement("img");
    image.className = "thumb";
    image.alt = "";
    image.loading = "lazy";
    image.src = api.jobUrl(status.id, status.result ? "/result" : "/content");
    const words = document.createElement("span");
    const state = hasEnded(status) ? `${status.step} steps` : "under way";
    words.textContent = `${status.recipe}, ${state}`;
    button.append(image, words);
    button.addEventListener("click", () => this.onOpen(status.id));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }
}
