// The board draws itself anew when something changed. Not while somebody ticks or types on it: what
// was ticked stays, a line says that there is news, and it comes as soon as the hands are free.
(function () {
  'use strict'

  function isBusy (board) {
    const focused = document.activeElement
    const types = board.contains(focused) && focused.matches('select, input[type=text], textarea')
    return types || board.querySelector('input:checked, details[open]') !== null ||
      Array.from(board.querySelectorAll('input[type=text]')).some(function (field) {
        return field.value !== ''
      })
  }

  document.addEventListener('htmx:beforeSwap', function (event) {
    const board = document.getElementById('board')
    if (!board || event.detail.target !== board || event.detail.xhr.status !== 200) {
      return
    }
    if (isBusy(board)) {
      event.detail.shouldSwap = false
      const news = board.querySelector('.board-news')
      if (news) {
        news.hidden = false
      }
    }
  })
})()
