// The form, and what ties it to the stage and the history.

import * as api from "./api.js";
import { Control } from "./control.js";
import { History } from "./history.js";
import { PictureSlot } from "./pictures.js";
import { Stage } from "./stage.js";

const $ = (id) => document.getElementById(id);
const SIZES = [256, 384, 512, 768, 1024];
const USUAL_SIZE = 384;
const USUAL_RECIPE = "tf-eager";
const FIELDS = [
  "content", "style", "recipe", "size", "steps", "styleWeight", "contentWeight", "tvWeight", "init", "seed",
  "style2", "mask", "strength", "colours",
];

const slots = {
  content: new PictureSlot("content", "content", contentChanged),
  style: new PictureSlot("style", "style", clearError),
};
const control = new Control({ clearError, onMistake: showError, onBalance: showStrength });
const history = new History(open);
const stage = new Stage({ onEnd: ended, onReuse: reuse, onDelete: forget });
let recipes = [];
let limits;

function showError(field, message) {
  const known = FIELDS.includes(field);
  const line = $(known ? `${field}-error` : "form-error");
  line.textContent = message;
  line.hidden = false;
  const details = line.closest("details");
  if (details) {
    details.open = true;
  }
  const input = known && document.querySelector(`[aria-describedby~="${field}-error"]`);
  if (input) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
}

function clearError(field) {
  $(`${field}-error`).hidden = true;
  document.querySelector(`[aria-describedby~="${field}-error"]`)?.removeAttribute("aria-invalid");
}

function clearErrors() {
  FIELDS.forEach(clearError);
  $("form-error").hidden = true;
}

/** 10 to the slider's value, in words. */
function factorWords(id) {
  const factor = 10 ** Number($(id).value);
  $(`${id}-shown`).textContent = factor === 1 ? "as the recipe" : `× ${Number(factor.toPrecision(2))}`;
}

/** A balance that is set takes the place of the style's strength. */
function showStrength(balanced) {
  $("strength").disabled = balanced;
  if (balanced) {
    $("strength-shown").textContent = "see Control: Balance";
  } else {
    factorWords("strength");
  }
}

function contentChanged(role) {
  clearError(role);
  control.pictureChanged(slots.content);
  showSteps();
}

const chosenRecipe = () => recipes.find((it) => it.name === $("recipe").value);
const chosenSize = () => Number(document.querySelector("[name=size]:checked")?.value);

/** The steps at every scale of a recipe with a pyramid. */
function allSteps({ smallest, ratio, laterShare }) {
  const steps = Number($("steps").value);
  const side = Math.min(chosenSize(), slots.content.longerSide ?? Infinity);
  const later = Math.max(0, Math.floor(Math.log(side / smallest) / Math.log(ratio) + 1e-9));
  return steps + later * Math.max(1, Math.round(laterShare * steps));
}

function showSteps() {
  const pyramid = chosenRecipe()?.pyramid;
  $("steps-shown").textContent =
    $("steps").value + (pyramid ? ` at the smallest scale, ${allSteps(pyramid)} in all` : "");
}

function showRecipe() {
  const { summary, steps, pyramid } = chosenRecipe();
  $("recipe-hint").textContent = pyramid
    ? "The best pictures and the longest wait: it grows from small to full size, most steps at the smallest."
    : `${summary}. Published with ${steps} steps.`;
  showSteps();
}

function fillForm(model) {
  limits = model.limits;
  $("model").textContent = `${model.name}, ${model.weights} weights`;
  $("recipe").replaceChildren(...recipes.map((it) => new Option(it.name, it.name)));
  $("recipe").value = recipes.some((it) => it.name === USUAL_RECIPE) ? USUAL_RECIPE : recipes[0].name;
  $("steps").max = Math.min(1000, limits.maxSteps);
  const sizes = SIZES.filter((it) => it <= limits.maxSize);
  if (!sizes.length) {
    sizes.push(limits.maxSize);
  }
  $("sizes").replaceChildren(...sizes.map(sizeChoice));
  $("history-hint").textContent =
    `Kept by the service for ${Math.round(limits.keepSeconds / 60)} min; only this browser knows where.`;
  showRecipe();
}

function sizeChoice(size, index, sizes) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "radio";
  input.name = "size";
  input.value = size;
  input.checked = size === USUAL_SIZE || (index === sizes.length - 1 && size < USUAL_SIZE);
  label.append(input, String(size));
  return label;
}

async function form() {
  const recipe = chosenRecipe();
  const data = new FormData();
  slots.content.addTo(data);
  slots.style.addTo(data);
  data.append("recipe", recipe.name);
  data.append("size", chosenSize());
  data.append("steps", $("steps").value);
  data.append("styleWeight", recipe.styleWeight * ($("strength").disabled ? 1 : 10 ** Number($("strength").value)));
  data.append("tvWeight", recipe.tvWeight * 10 ** Number($("smooth").value));
  data.append("init", $("init").value);
  data.append("seed", $("seed").value.trim());
  await control.addTo(data);
  return data;
}

/** What needs no answer from the service. */
function findMistake() {
  for (const role of ["content", "style"]) {
    const choice = slots[role].choice;
    if (!choice) {
      return [role, role === "content" ? "Choose a picture first." : "Choose a style first."];
    }
    if (choice.file?.size > limits.uploadBytes) {
      return [role, `This file is larger than ${Math.round(limits.uploadBytes / 1e6)} MB; shrink it first.`];
    }
  }
  return undefined;
}

async function submit(event) {
  event.preventDefault();
  clearErrors();
  const mistake = findMistake();
  if (mistake) {
    showError(...mistake);
    return;
  }
  $("start").disabled = true;
  $("start").textContent = "Sending…";
  try {
    const status = await api.create(await form());
    history.put(status);
    show(status);
    $("stage").focus({ preventScroll: true });
    $("stage").scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (error.status === 401) {
      signIn();
    } else {
      const later = error.retryAfter ? ` (in about ${error.retryAfter} s)` : "";
      showError(error.field, error.message + later);
    }
  } finally {
    $("start").disabled = false;
    $("start").textContent = "Paint it";
  }
}

function show(status) {
  stage.open(status);
  history.select(status.id);
}

async function open(id) {
  try {
    show(await api.job(id));
    $("stage").scrollIntoView({ block: "nearest" });
  } catch (error) {
    history.forget(id);
    showError("", error.message);
  }
}

function ended(status) {
  history.put(status);
}

/** The result becomes the picture to paint next. */
async function reuse(id) {
  try {
    slots.content.useFile(await api.picture(api.jobUrl(id, "/result")), "An earlier result");
    $("content").focus();
  } catch (error) {
    showError("content", error.message);
  }
}

async function forget(id) {
  try {
    await api.remove(id);
  } catch (error) {
    if (error.status !== 404) {
      showError("", error.message);
      return;
    }
  }
  history.forget(id);
  stage.clear();
  $("content").focus();
}

function signIn() {
  $("sign-in").showModal();
}

async function sendToken(event) {
  event.preventDefault();
  $("token-error").hidden = true;
  try {
    await api.signIn($("token").value);
    $("token").value = "";
    $("sign-in").close();
    await begin();
  } catch (error) {
    $("token-error").textContent = error.status === 401 ? "This is not the token." : error.message;
    $("token-error").hidden = false;
  }
}

async function begin() {
  try {
    const [model, all, samples] = await Promise.all([api.model(), api.recipes(), api.samples()]);
    recipes = all.filter((it) => it.runs && it.styleWeight > 0 && it.contentWeight > 0);
    fillForm(model);
    [...Object.values(slots), control.second].forEach((slot) => slot.showSamples(samples));
    await history.load();
    const latest = history.unfinished();
    if (latest) {
      show(latest);
    }
    document.body.dataset.ready = "true";
  } catch (error) {
    if (error.status === 401) {
      signIn();
    } else {
      showError("", error.message);
    }
  }
}

$("job").addEventListener("submit", submit);
$("token-form").addEventListener("submit", sendToken);
$("recipe").addEventListener("change", showRecipe);
$("steps").addEventListener("input", showSteps);
$("sizes").addEventListener("change", showSteps);
for (const id of ["strength", "smooth"]) {
  $(id).addEventListener("input", () => factorWords(id));
  factorWords(id);
}
begin();
