// A button beside a field copies what stands in it. Without this the field can be selected.
(function () {
  'use strict'

  if (!navigator.clipboard) {
    return
  }
  document.querySelectorAll('button[data-copy]').forEach(function (button) {
    const field = document.getElementById(button.dataset.copy)
    const status = button.parentElement.querySelector('[data-copy-status]')
    button.hidden = false
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(field.value).then(function () {
        status.textContent = button.dataset.copied
      }, function () {
        field.select()
      })
    })
  })
})()
