// Keys at the desk: 1–6 choose a verdict, n or Enter saves and goes on, s skips. The page works
// without; who is in the way of single keys (speech input, for one) turns them off, and that stays.
(function () {
  'use strict'

  const REMEMBERED = 'desk-keys-off'

  function isOff () {
    try {
      return window.localStorage.getItem(REMEMBERED) === '1'
    } catch {
      return false
    }
  }

  function remember (off) {
    try {
      window.localStorage.setItem(REMEMBERED, off ? '1' : '0')
    } catch {
      // A browser that keeps nothing asks again on the next page.
    }
  }

  // Where letters are text, or a key already does something, keys do what they always do.
  function isTyping (element) {
    return element.matches('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])')
  }

  function actsItself (element) {
    return element.matches('a, button, summary')
  }

  document.addEventListener('DOMContentLoaded', function () {
    const form = document.getElementById('desk-form')
    const help = document.getElementById('desk-keys')
    const toggle = document.getElementById('desk-keys-on')
    if (!form || !help || !toggle) {
      return
    }
    help.hidden = false
    toggle.checked = !isOff()
    document.documentElement.classList.toggle('desk-keys-off', isOff())
    toggle.addEventListener('change', function () {
      remember(!toggle.checked)
      document.documentElement.classList.toggle('desk-keys-off', !toggle.checked)
    })

    const skip = document.getElementById('desk-skip')
    document.addEventListener('keydown', function (event) {
      if (!toggle.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
        return
      }
      if (isTyping(event.target)) {
        return
      }
      const radios = form.querySelectorAll('input[name=verdict]')
      const chosen = radios[Number(event.key) - 1]
      if (chosen) {
        event.preventDefault()
        chosen.checked = true
        chosen.dispatchEvent(new Event('change', { bubbles: true }))
        chosen.focus()
      } else if (event.key === 'n' || (event.key === 'Enter' && !actsItself(event.target))) {
        event.preventDefault()
        form.requestSubmit(document.getElementById('desk-save'))
      } else if (event.key === 's' && skip) {
        event.preventDefault()
        skip.click()
      }
    })
  })
})()
