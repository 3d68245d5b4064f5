// Shows what needs passkeys only where the browser has them, and says so when one is refused.
(function () {
  'use strict'

  function show (selector) {
    document.querySelectorAll(selector).forEach(function (element) {
      element.hidden = false
    })
  }

  document.addEventListener('DOMContentLoaded', function () {
    if (window.PublicKeyCredential) {
      show('[data-needs-passkeys]')
    } else {
      show('[data-without-passkeys]')
    }
  })

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    show('[data-passkey-failed]')
  })
})()
