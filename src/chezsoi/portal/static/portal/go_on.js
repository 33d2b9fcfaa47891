// What the provider sent back is posted at once; without this file, one press does it.
document.querySelector("[data-cz-go-on]")?.requestSubmit();
