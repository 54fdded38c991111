// One of the two places for a picture: a file that is chosen or dropped, or a sample.

export class PictureSlot {
  constructor(role, onChange) {
    this.role = role;
    this.onChange = onChange;
    this.root = document.getElementById(`${role}-slot`);
    this.input = document.getElementById(role);
    this.drop = this.root.querySelector(".drop");
    this.preview = this.root.querySelector(".preview");
    this.input.addEventListener("change", () => {
      if (this.input.files.length) {
        this.useFile(this.input.files[0], this.input.files[0].name);
      }
    });
    for (const type of ["dragover", "dragleave", "drop"]) {
      this.root.addEventListener(type, (event) => this.onDrag(event));
    }
  }

  onDrag(event) {
    event.preventDefault();
    this.drop.classList.toggle("over", event.type === "dragover");
    const file = event.type === "drop" && event.dataTransfer.files[0];
    if (file) {
      this.useFile(file, file.name);
    }
  }

  showSamples(samples) {
    const mine = samples.filter((it) => it.role === this.role);
    this.root.querySelector(".samples").replaceChildren(...mine.map((it) => this.sampleButton(it)));
  }

  sampleButton(sample) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.sample = sample.name;
    button.title = sample.title;
    button.setAttribute("aria-pressed", "false");
    const image = document.createElement("img");
    image.src = sample.url;
    image.alt = sample.title;
    button.append(image);
    button.addEventListener("click", () => this.useSample(sample));
    return button;
  }

  useSample(sample) {
    this.input.value = "";
    this.choose({ sample: sample.name }, sample.url, `Sample: ${sample.title}`);
  }

  useFile(file, name) {
    this.choose({ file }, URL.createObjectURL(file), name);
  }

  choose(choice, url, words) {
    this.choice = choice;
    this.preview.onload = () => {
      this.aspect = this.preview.naturalWidth / this.preview.naturalHeight;
      if (choice.file) {
        URL.revokeObjectURL(url);
      }
    };
    // A format that the browser cannot show may still be one that the service reads.
    this.preview.onerror = () => (this.preview.hidden = true);
    this.preview.src = url;
    this.preview.alt = words;
    this.preview.hidden = false;
    this.drop.classList.add("full");
    this.root.querySelector(".invite b").textContent = words;
    for (const button of this.root.querySelectorAll("[data-sample]")) {
      button.setAttribute("aria-pressed", String(button.dataset.sample === choice.sample));
    }
    this.onChange(this.role);
  }

  addTo(form) {
    if (this.choice?.file) {
      form.append(this.role, this.choice.file, this.role);
    } else if (this.choice) {
      form.append(`${this.role}Sample`, this.choice.sample);
    }
  }
}
