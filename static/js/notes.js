// A post-it on a phone in a hall with bad wifi: what is typed is kept until the board has it. The
// page works without this; then the browser itself asks to send the form once more.
(function () {
  'use strict'

  const RETRY = 3000
  const KEY = 'post-it:' + window.location.pathname
  let waiting = null

  function stored (text) {
    try {
      if (text === undefined) {
        return window.localStorage.getItem(KEY) || ''
      }
      if (text) {
        window.localStorage.setItem(KEY, text)
      } else {
        window.localStorage.removeItem(KEY)
      }
    } catch {
      // A browser that keeps nothing has the text on the page alone.
    }
    return ''
  }

  function form () {
    return document.getElementById('note-form')
  }

  // It may hang there already: the answer got lost, not the note.
  function hangs (text) {
    return Array.from(document.querySelectorAll('[data-note]')).some(function (note) {
      return note.textContent.trim() === text.trim()
    })
  }

  function restore () {
    const text = stored()
    if (!text || !form()) {
      return
    }
    if (hangs(text)) {
      stored('')
    } else if (form().elements.text.value === '') {
      form().elements.text.value = text
    }
  }

  function say (shown) {
    const line = form() && form().querySelector('.note-offline')
    if (line) {
      line.textContent = shown ? line.dataset.offline : ''
      line.hidden = !shown
    }
  }

  function tryAgain (event) {
    if (event.detail.elt !== form()) {
      return
    }
    say(true)
    window.clearTimeout(waiting)
    waiting = window.setTimeout(function () {
      if (form()) {
        form().requestSubmit()
      }
    }, RETRY)
  }

  document.addEventListener('DOMContentLoaded', restore)
  document.addEventListener('input', function (event) {
    if (form() && event.target === form().elements.text) {
      stored(event.target.value)
    }
  })
  document.addEventListener('htmx:sendError', tryAgain)
  document.addEventListener('htmx:timeout', tryAgain)
  document.addEventListener('htmx:responseError', function (event) {
    if (event.detail.xhr.status >= 500) {
      tryAgain(event)
    }
  })
  document.addEventListener('htmx:afterSwap', function (event) {
    if (event.detail.target.id === 'my-notes') {
      restore()
      if (form() && form().elements.text.value === '') {
        stored('')
      }
    }
  })
})()
