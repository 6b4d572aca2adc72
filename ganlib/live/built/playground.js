"use strict";(()=>{var ht=Uint8Array.fromBase64||(()=>{for(var a=new Uint8Array(128),t=0;t<64;t++)a[t<26?t+65:t<52?t+71:t<62?t-4:t*4-205]=t;return e=>{for(var s=e.length,r=new Uint8Array((s-(e[s-1]=="=")-(e[s-2]=="="))*3/4|0),i=0,n=0;i<s;){var l=a[e.charCodeAt(i++)],o=a[e.charCodeAt(i++)],h=a[e.charCodeAt(i++)],d=a[e.charCodeAt(i++)];r[n++]=l<<2|o>>4,r[n++]=o<<4|h>>2,r[n++]=h<<6|d}return r}})();var dt=ht("AGFzbQEAAAABQAhgAXwBfGACf38BfWAEf39/fQBgCX9/f39/f39/fwBgAAF/YAN/f30AYAd/f39/f39/AGAKf39/f399fX19fQADDAsAAQIDAAAEAAUGBwUDAQABB2ELB3Byb2R1Y3QAAwhhZGRPdXRlcgAJB3JlY3RpZnkAAgRhZGFtAAoEY2xpcAAIB3NxdWFyZXMAAQNleHAABwNsb2cABQVsb2cxcAAECWZpcnN0RnJlZQAGBm1lbW9yeQIADAEDCu4bC9IEAwJ+An8DfAJ8IAC9IgFCgICAgICAgPc/fUKAgICAgKDCAVQEQCAARAAAAAAAAPC/oCIAIACiIgUgAKIiBiAARMv9/////8+/okR3VVVVVVXVP6AgBUQM3ZWZmZnJP6KgIAYgAEQw3kSjJEnCP6JEp0VnVVVVxb+gIAVEZT1CpP//v7+ioCAGIABE/2iwQ+uZub+iRMrWKiiEcbw/oCAFRIXQr/eCgbc/oqAgBkTNRdF1E1K1v6KgoqCioKIgACAAIAAgAEQAAAAAAACgQaIiBaAgBaEiBSAFokQAAAAAAADgv6IiBqAiB6EgBqAgACAFoUQAAAAAAADgv6IgBSAAoKKgoCAHoAwBCyABQjCIpyIDQRBrQeD/AU8EQEQAAAAAAADwvyAAIACioyABQgGGUA0BGiAAIAFCgICAgICAgPj/AFENARpBASADQfD/AXFB8P8BRiADQYCAAnEbBEAgACAAoSIAIACjDAILIABEAAAAAAAAMEOivUKAgICAgICAoAN9IQELIAFCgICAgICAgPM/fSICQi2IQv8Ag6dBBHQiA0GAGGohBCACQjSHuSIARAA4+v5CLuY/oiAEKwMIoCIFIAEgAkKAgICAgICAeIN9vyADQYAoaiIDKwMAoSADKwMIoSAEKwMAoiIGoCEHIAUgB6EgBqAgAEQwZ8eTV/MuPaKgIAYgBqIiAEQBAAAAAADgv6KgIAYgAKIgBkSQRev////Pv6JEWzBRVVVV1T+gIAAgBkSfyAbldVXFv6JEEQHxJLOZyT+goqCioCAHoAsLUwIBewF/IAFBAnQhA0EAIQEDQCABIANJBEAgAiAAIAFq/QAEACICIAL95gH95AEhAiABQRBqIQEMAQsLIAL9HwAgAv0fAZIgAv0fAiAC/R8DkpILZgICewJ/IAJBAnQhBiAD/RMhBUEAIQIDQCACIAZJBEAgACACaiIH/QAEACEEIAcgBCAEIAX95gEgASACav0ABAD9DAAAAAAAAAAAAAAAAAAAAAD9RP1S/QsEACACQRBqIQIMAQsLC5gGAgd/C3sgCEECdCEMQQAhCANAIAhBBGogBkwEQCABIAIgCGxqIQogACAIIAxsaiEPQQAhCwNAIAsgDEkEQCAEBHsgBCAIQQJ0av0JAgAF/QwAAAAAAAAAAAAAAAAAAAAACyIQIREgCEEBaiEJIAQEeyAEIAlBAnRq/QkCAAX9DAAAAAAAAAAAAAAAAAAAAAALIhIhEyAIQQJqIQkgBAR7IAQgCUECdGr9CQIABf0MAAAAAAAAAAAAAAAAAAAAAAsiFCEVIAhBA2ohCSAEBHsgBCAJQQJ0av0JAgAF/QwAAAAAAAAAAAAAAAAAAAAACyIWIRcgBSALaiEOIAohCUEAIQ0DQCAHIA1KBEAgECAJ/QkCACIZIA79AAQAIhj95gH95AEhECARIBkgDv0ABBAiGf3mAf3kASERIBIgAiAJav0JAgAiGiAY/eYB/eQBIRIgEyAaIBn95gH95AEhEyAUIAkgAkEBdGr9CQIAIhogGP3mAf3kASEUIBUgGiAZ/eYB/eQBIRUgFiAJIAJBA2xq/QkCACIaIBj95gH95AEhFiAXIBogGf3mAf3kASEXIAwgDmohDiADIAlqIQkgDUEBaiENDAELCyALIA9qIgkgEP0LBAAgCSAR/QsEECAMIA9qIAtqIgkgEv0LBAAgCSAT/QsEECAPIAxBAXRqIAtqIgkgFP0LBAAgCSAV/QsEECAPIAxBA2xqIAtqIgkgFv0LBAAgCSAX/QsEECALQSBqIQsMAQsLIAhBBGohCAwBCwsDQCAGIAhKBEAgASACIAhsaiEKIAAgCCAMbGohD0EAIQ0DQCAMIA1LBEAgBAR7IAQgCEECdGr9CQIABf0MAAAAAAAAAAAAAAAAAAAAAAsiECERIAUgDWohCyAKIQlBACEOA0AgByAOSgRAIBAgCf0JAgAiEiAL/QAEAP3mAf3kASEQIBEgEiAL/QAEEP3mAf3kASERIAsgDGohCyADIAlqIQkgDkEBaiEODAELCyANIA9qIgkgEP0LBAAgCSAR/QsEECANQSBqIQ0MAQsLIAhBAWohCAwBCwsL2wMDBHwCfwF+QQEhBQJ8IAC9QiCIpyIGQR92IAZB+oTq/gNJcgRAIAZBgIDA/3tPBEAgAEQAAAAAAAAAAKMgAEQAAAAAAADwv2ENAhogACAAoUQAAAAAAAAAAKMMAgsgACAGQQF0QYCAgMoHSQ0BGiAGQcT9yv57TQR8QQAhBSAABUQAAAAAAAAAAAshAQUgACAGQYCAwP8HTw0BGgsgBQRAIABEAAAAAAAA8D+gvSIHQiCIp0HiviVqIgZBFHZB/wdrIgVBNkgEfEQAAAAAAADwPyAHvyIBIAChoSAAIAFEAAAAAAAA8L+goSAFQQJOGyABowVEAAAAAAAAAAALIQIgB0L/////D4MgBkH//z9xQZ7Bmv8Daq1CIIaEv0QAAAAAAADwv6AhAQsgASABRAAAAAAAAABAoKMiAyADoiIAIACiIQQgAyABRAAAAAAAAOA/oiABoiIDIAAgBCAEIARERFI+3xLxwj+iRN4Dy5ZkRsc/oKJEWZMilCRJ0j+gokSTVVVVVVXlP6CiIAQgBCAERJ/GeNAJmsM/okSveI4dxXHMP6CiRAT6l5mZmdk/oKKgoKIgBbciAER2PHk17znqPaIgAqCgIAOhIAGgIABEAADg/kIu5j+ioAsLBgAgABAACwUAQYA4C/oDAwJ/An4EfAJ8IAC9IgNCNIinQf8PcSIBQckHayICQT9PBEBEAAAAAAAA8D8gAkGAgICAeE8NARogAUGJCE8EQEQAAAAAAAAAACADQoCAgICAgIB4UQ0CGiAARAAAAAAAAPA/oCABQf8PTw0CGkQAAAAAAAAAAEQAAAAAAADwfyADQgBTGwwCC0EAIQELIABE/oIrZUcVZ0CiRAAAAAAAADhDoCIFvSIDQv8Ag0IBhqdBA3RBgAhqIgIpAwggA0IthnwhBCAAIAVEAAAAAAAAOMOgIgBEAAD6/kIudr+ioCAARDo7nrya9wy9oqAiACAAoiEFIAIrAwAgAKAgBSAARDxUVVVVVcU/okS9/f/////fP6CioCAFIAWiIABEF9CkZxERgT+iRJErF89VVaU/oKKgIQAgAUUEQAJ8IANCgICAgAiDUARAIARCgICAgICAgIg/fb8iBSAFIACioEQAAAAAAAAAf6IMAQsgBEKAgICAgICA8D98IgO/IgYgAKIhByAGIAegIgiZRAAAAAAAAPA/YwR8IANCgICAgICAgICAf4O/RAAAAAAAAPA/IAimIgAgCKAiBSAAIAWhIAigIAYgCKEgB6CgoCAAoSIAIABEAAAAAAAAAABhGwUgCAtEAAAAAAAAEACiCwwBCyAEvyIFIAUgAKKgCwtNAgJ/AnsgAUECdCEDIAKM/RMhBSAC/RMhBkEAIQEDQCABIANJBEAgACABaiIEIAT9AAQAIAX96QEgBv3oAf0LBAAgAUEQaiEBDAELCwu6BQIFewZ/IAZBAnQhDQNAIAQgD0oEQCACIA0gD2xqIRAgAQRA/QwAAAAAAAAAAAAAAAAAAAAAIQdBACEGA0AgBiANSQRAIAcgBiAQav0ABAD95AEhByAGQRBqIQYMAQsLIAEgD0ECdGoiBiAGKgIAIAf9HwAgB/0fAZIgB/0fAiAH/R8DkpKSOAIACyAAIAUgD2xBAnRqIQZBACEOA0AgDkEEaiAFTARAIAMgDSAObGohEf0MAAAAAAAAAAAAAAAAAAAAACEI/QwAAAAAAAAAAAAAAAAAAAAAIQn9DAAAAAAAAAAAAAAAAAAAAAAhB/0MAAAAAAAAAAAAAAAAAAAAACEKQQAhDANAIAwgDUkEQCAIIAwgEGr9AAQAIgsgDCARav0ABAD95gH95AEhCCAJIAsgDSARaiAMav0ABAD95gH95AEhCSAHIAsgESANQQF0aiAMav0ABAD95gH95AEhByAKIAsgESANQQNsaiAMav0ABAD95gH95AEhCiAMQRBqIQwMAQsLIAYgBioCACAI/R8AIAj9HwGSIAj9HwIgCP0fA5KSkjgCACAGIAYqAgQgCf0fACAJ/R8BkiAJ/R8CIAn9HwOSkpI4AgQgBiAGKgIIIAf9HwAgB/0fAZIgB/0fAiAH/R8DkpKSOAIIIAYgBioCDCAK/R8AIAr9HwGSIAr9HwIgCv0fA5KSkjgCDCAOQQRqIQ4gBkEQaiEGDAELCwNAIAUgDkoEQCADIA0gDmxqIRH9DAAAAAAAAAAAAAAAAAAAAAAhB0EAIQwDQCAMIA1JBEAgByAMIBBq/QAEACAMIBFq/QAEAP3mAf3kASEHIAxBEGohDAwBCwsgBiAGKgIAIAf9HwAgB/0fAZIgB/0fAiAH/R8DkpKSOAIAIA5BAWohDiAGQQRqIQYMAQsLIA9BAWohDwwBCwsL0gECBnsDfyAEQQJ0IRAgBv0TIQtDAACAPyAGk/0TIQwgB/0TIQ1DAACAPyAHk/0TIQ5BACEEA0AgBCAQSQRAIAsgAiAEaiIR/QAEAP3mASAMIAEgBGr9AAQAIg/95gH95AEhCiANIAMgBGoiEv0ABAD95gEgDiAPIA/95gH95gH95AEhDyARIAr9CwQAIBIgD/0LBAAgACAEaiIRIBH9AAQAIAX9EyAK/eYBIA8gCP0T/eYB/eMBIAn9E/3kAf3nAf3lAf0LBAAgBEEQaiEEDAELCwsLiDADAEGOCAvyD/A/br+IGk87mzw1M/upPfbvP13c2JwTYHG8YYB3Pprs7z/RZocQel6QvIV/bugV4+8/E/ZnNVLSjDx0hRXTsNnvP/qO+SOAzou83vbdKWvQ7z9hyOZhTvdgPMibdRhFx+8/mdMzW+SjkDyD88bKPr7vP217g12mmpc8D4n5bFi17z/87/2SGrWOPPdHciuSrO8/0ZwvcD2+Pjyi0dMy7KPvPwtukIk0A2q8G9P+r2ab7z8OvS8qUlaVvFFbEtABk+8/VepOjO+AULzMMWzAvYrvPxb01bkjyZG84C2prpqC7z+vVVzp49OAPFGOpciYeu8/SJOl6hUbgLx7UX08uHLvPz0y3lXwH4+86o2MOPlq7z+/UxM/jImLPHXLb+tbY+8/JusRdpzZlrzUXASE4FvvP2AvOj737Jo8qrloMYdU7z+dOIbLguePvB3Z/CJQTe8/jcOmREFvijzWjGKIO0bvP30E5LAFeoA8ltx9kUk/7z+UqKjj/Y6WPDhidW56OO8/fUh08hhehzw/prJPzjHvP/LnH5grR4A83XziZUUr7z9eCHE/e7iWvIFj9eHfJO8/MasJbeH3gjzh3h/1nR7vP/q/bxqbIT28kNna0H8Y7z+0CgxygjeLPAsD5KaFEu8/j8vOiZIUbjxWLz6prwzvP7arsE11TYM8FbcxCv4G7z9MdKziAUKGPDHYTPxwAe8/SvjTXTndjzz/FmSyCPzuPwRbjjuAo4a88Z+SX8X27j9oUEvM7UqSvMupOjen8e4/ji1RG/gHmbxm2AVtruzuP9I2lD7o0XG895/lNNvn7j8VG86zGRmZvOWoE8Mt4+4/bUwqp0ifhTwiNBJMpt7uP4ppKHpgEpO8HICsBEXa7j9biRdIj6dYvCou9yEK1u4/G5pJZ5ssfLyXqFDZ9dHuPxGswmDtY0M8LYlhYAjO7j/vZAY7CWaWPFcAHe1Byu4/eQOh2uHMbjzQPMG1osbuPzASDz+O/5M83tPX8CrD7j+wr3q7zpB2PCcqNtXav+4/d+BU670dkzwN3f2ZsrzuP46jcQA0lI+8pyyddrK57j9Jo5PczN6HvEJmz6Latu4/XzgPvcbeeLyCT51WK7TuP/Zce+xGEoa8D5JdyqSx7j+O1/0YBTWTPNontTZHr+4/BZuKL7eYezz9x5fUEq3uPwlUHOLhY5A8KVRI3Qer7j/qxhlQhcc0PLdGWYomqe4/NcBkK+YylDxIIa0Vb6fuP592mWFK5Iy8Cdx2ueGl7j+oTe87xTOMvIVVOrB+pO4/rukriXhThLwgw8w0RqPuP1hYVnjdzpO8JSJVgjii7j9kGX6AqhBXPHOpTNRVoe4/KCJev++zk7zNO39mnqDuP4K5NIetEmq8v9oLdRKg7j/uqW2472djvC8aZTyyn+4/UYjgVD3cgLyElFH5fZ/uP88+Wn5kH3i8dF/s6HWf7j+wfYvASu6GvHSBpUian+4/iuZVHjIZhrzJZ0JW65/uP9PUCV7LnJA8P13eT2mg7j8dpU253DJ7vIcB63MUoe4/a8BnVP3slDwywTAB7aHuP1Vs1qvh62U8Yk7PNvOi7j9Cz7MvxaGIvBIaPlQnpO4/NDc78bZpk7wTzkyZiaXuPx7/GTqEXoC8rccjRhqn7j9uV3LYUNSUvO2SRJvZqO4/AIoOW2etkDyZZorZx6ruP7Tq8MEvt40826AqQuWs7j//58WcYLZlvIxEtRYyr+4/RF/zWYP2ezw2dxWZrrHuP4M9HqcfCZO8xv+RC1u07j8pHmyLuKldvOXFzbA3t+4/WbmQfPkjbLwPUsjLRLruP6r59CJDQ5K8UE7en4K97j9LjmbXbMqFvLoHynDxwO4/J86RK/yvcTyQ8KOCkcTuP7tzCuE10m08IyPjGWPI7j9jImIiBMWHvGXlXXtmzO4/1THi44YcizwzLUrsm9DuPxW7vNPRu5G8XSU+sgPV7j/SMe6cMcyQPFizMBOe2e4/s1pzboRphDy//XlVa97uP7SdjpfN34K8evPTv2vj7j+HM8uSdxqMPK3TWpmf6O4/+tnRSo97kLxmto0pB+7uP7qu3FbZw1W8+xVPuKLz7j9A9qY9DqSQvDpZ5Y1y+e4/NJOtOPTWaLxHXvvydv/uPzWKWGvi7pG8SgahMLAF7z/N3V8K1/90PNLBS5AeDO8/rJiS+vu9kbwJHtdbwhLvP7MMrzCubnM8nFKF3ZsZ7z+U/Z9cMuOOPHrQ/1+rIO8/rFkJ0Y/ghDxL0Vcu8SfvP2caTjivzWM8tecGlG0v7z9oGZJsLGtnPGmQ79wgN+8/0rXMgxiKgLz6w11VCz/vP2/6/z9drY+8fIkHSi1H7z9JqXU4rg2QvPKJDQiHT+8/pwc9poWjdDyHpPvcGFjvPw8iQCCekYK8mIPJFuNg7z+sksHVUFqOPIUy2wPmae8/S2sBrFk6hDxgtAHzIXPvPx8+tAch1YK8X5t7M5d87z/JDUc7uSqJvCmh9RRGhu8/04g6YAS2dDz2P4vnLpDvP3FynVHsxYM8g0zH+1Ga7z/wkdOPEvePvNqQpKKvpO8/fXQj4piujbzxZ44tSK/vPwggqkG8w448J1ph7hu67z8y66nDlCuEPJe6azcrxe8/7oXRMalkijxARW5bdtDvP+3jO+S6N468FL6crf3b7z+dzZFNO4l3PNiQnoHB5+8/icxgQcEFUzzxcY8rwvPvPwBBgBgLgBCf3uDD8DT3PwCQ5nl/zNe/H+ksangT9z8AAA3C7m/Xv6C1+ghg8vY/AOBRE+MT1799jBMfptH2PwB4KDhbuNa/0bTFC0mx9j8AeICQVV3Wv7oMLzNHkfY/AAAYdtAC1r8jQiIYn3H2PwCQkIbKqNW/2R6lmU9S9j8AUANWQ0/Vv8Qkj6pWM/Y/AEBrwzf21L8U3J1rsxT2PwBQqP2nndS/TFzGUmT29T8AqIk5kkXUv08skbVn2PU/ALiwOfTt07/ekFvLvLr1PwBwj0TOltO/eBrZ8mGd9T8AoL0XHkDTv4dWRhJWgPU/AIBG7+Lp0r/Ta+fOl2P1PwDgMDgblNK/k3+n4iVH9T8AiNqMxT7Sv4NFBkL/KvU/AJAnKeHp0b/fvbLbIg/1PwD4SCttldG/1940R4/z9D8A+LmaZ0HRv0Ao3s9D2PQ/AJjvlNDt0L/Io3jAPr30PwAQ2xilmtC/iiXgw3+i9D8AuGNS5kfQvzSE1CQFiPQ/APCGRSLrz78LLRkbzm30PwCwF3VKR8+/VBg509lT9D8AMBA9RKTOv1qEtEQnOvQ/ALDpRA0Czr/7+BVBtSD0PwDwdymiYM2/sfQ+2oIH9D8AkJUEAcDMv4/+V12P7vM/ABCJVikgzL/pTAug2dXzPwAQgY0Xgcu/K8EQwGC98z8A0NPMyeLKv7jadSskpfM/AJASLkBFyr8C0J/NIo3zPwDwHWh3qMm/HHqExVt18z8AMEhpbQzJv+I2rUnOXfM/AMBFpiBxyL9A1E2YeUbzPwAwFLSP1se/JMv/zlwv8z8AcGI8uDzHv0kNoXV3GPM/AGA3m5qjxr+QOT43yAHzPwCgt1QxC8a/QfiVu07r8j8AMCR2fXPFv9GpGQIK1fI/ADDCj3vcxL8q/beo+b7yPwAA0lEsRsS/qxsMehyp8j8AAIO8irDDvzC1FGByk/I/AABJa5kbw7/1oVdX+n3yPwBApJBUh8K/vzsdm7No8j8AoHn4ufPBv731j4OdU/I/AKAsJchgwb87CMmqtz7yPwAg91d/zsC/tkCpKwEq8j8AoP5J3DzAvzJBzJZ5FfI/AIBLvL1Xv7+b/NIdIAHyPwBAQJYIN76/C0hNSfTs8T8AQPk+mBe9v2llj1L12PE/AKDYTmf5u798flcRI8XxPwBgLyB53Lq/6SbLdHyx8T8AgCjnw8C5v7YaLAwBnvE/AMBys0amuL+9cLZ7sIrxPwAArLMBjbe/trzvJYp38T8AADhF8XS2v9oxTDWNZPE/AICHbQ5etb/dXyeQuVHxPwDgod5cSLS/TNIypA4/8T8AoGpN2TOzv9r5EHKLLPE/AGDF+Hkgsr8xtewoMBrxPwAgYphGDrG/rzSE2vsH8T8AANJqbPqvv7NrTg/u9fA/AEB3So3arb/OnypdBuTwPwAAheTsvKu/IaUsY0TS8D8AwBJAiaGpvxqY4nynwPA/AMACM1iIp7/RNsaDL6/wPwCA1mdecaW/OROgmNud8D8AgGVJilyjv9/nUq+rjPA/AEAVZONJob/7KE4vn3vwPwCA64LAcp6/GY81jLVq8D8AgFJS8VWavyz57KXuWfA/AICBz2I9lr+QLNHNSUnwPwAAqoz7KJK/qa3wxsY48D8AAPkgezGMv6kyeRNlKPA/AACqXTUZhL9Ic+onJBjwPwAA7MIDEni/lbEUBgQI8D8AACR5CQRgvxr6Jvcf4O8/AACQhPPvbz906mHCHKHvPwAAPTVB3Ic/LpmBsBBj7z8AgMLEo86TP82t7jz2Je8/AACJFMGfmz/nE5EDyOnuPwAAEc7YsKE/q7HLeICu7j8AwAHQW4qlP5sMnaIadO4/AIDYQINcqT+1mQqDkTruPwCAV+9qJ60/VppgCeAB7j8AwJjlmHWwP5i7d+UByu0/ACAN4/VTsj8DkXwL8pLtPwAAOIvdLrQ/zlz7Zqxc7T8AwFeHWQa2P53eXqosJ+0/AABqNXbatz/NLGs+bvLsPwBgHE5Dq7k/Anmnom2+7D8AYA27x3i7P20IN20mi+w/ACDnMhNDvT8EWF29lFjsPwBg3nExCr8/jJ+7M7Um7D8AQJErFWfAPz/n7O6D9es/ALCSgoVHwT/Bltt1/cTrPwAwys1uJsI/KEqGDB6V6z8AUMWm1wPDPyw+78XiZes/ABAzPMPfwz+LiMlnSDfrPwCAems2usQ/SjAdIUsJ6z8A8NEoOZPFP37v8oXo2+o/APAYJM1qxj+iPWAxHa/qPwCQZuz4QMc/p1jTP+aC6j8A8Br1wBXIP4tzCe9AV+o/AID2VCnpyD8nS6uQKizqPwBA+AI2u8k/0fKTE6AB6j8AACwc7YvKPxs82ySf1+k/ANABXFFbyz+QsccFJa7pPwDAvMxnKcw/L86X8i6F6T8AYEjVNfbMP3VLpO66XOk/AMBGNL3BzT84SOedxjTpPwDgz7gBjM4/5lJnL08N6T8AkBfACVXPP53X/45S5ug/ALgfEmwO0D98AMyfzr/oPwDQkw64cdA/DsO+2sCZ6D8AcIaea9TQP/sXI6ondOg/ANBLM4c20T8ImrOsAE/oPwBII2cNmNE/VT5l6Ekq6D8AgMzg//jRP2AC9JUBBug/AGhj119Z0j8po+BjJeLnPwCoFAkwudI/rbXcd7O+5z8AYEMQchjTP8Ill2eqm+c/ABjsbSZ30z9XBhfyB3nnPwAwr/tP1dM/DBPW28pW5z8A4C/j7jLUPwBBgCgLgBBrtk8BABDmPzxbQpFsAn48lbRNAwAw5j9BXQBI6r+NPHjUlA0AUOY/t6XWhqd/jjytb04HAHDmP0wlVGvq/GE8rg/f/v+P5j/9DllMJ358vLzFYwcAsOY/AdrcSGjBirz2wVweANDmPxGTSZ0cP4M8PvYF6//v5j9TLeIaBIB+vICXhg4AEOc/UnkJcWb/ezwS6Wf8/y/nPySHvSbiAIw8ahGB3/9P5z/SAfFukQJuvJCcZw8AcOc/dJxUzXH8Z7w1yH76/4/nP4ME9Z7BvoE85sIg/v+v5z9lZMwpF35wvADJP+3/z+c/HIt7CHKAgLx2Gibp/+/nP675nW0owI086KOcBAAQ6D8zTOVR0n+JPI8skxcAMOg/gfMwtun+irycczMGAFDoP7w1ZWu/v4k8xolCIABw6D91exHzZb+LvAR59ev/j+g/V8s9om4AibzfBLwiALDoPwpL4DjfAH28ihsM5f/P6D8Fn/9GcQCIvEOOkfz/7+g/OHB60HuBgzzHX/oeABDpPwO033aRPok8uXtGEwAw6T92AphLToB/PG8H7ub/T+k/LmL/2fB+j7zREjze/2/pP7o4JpaqgnC8DYpF9P+P6T/vqGSRG4CHvD4umN3/r+k/N5NaiuBAh7xm+0nt/8/pPwDgm8EIzj88UZzxIADw6T8KW4gnqj+KvAawRREAEOo/VtpYmUj/dDz69rsHADDqPxhtK4qrvow8eR2XEABQ6j8weXjdyv6IPEgu9R0AcOo/26vYPXZBj7xSM1kcAJDqPxJ2woQCv468Sz5PKgCw6j9fP/88BP1pvNEertf/z+o/tHCQEuc+grx4BFHu/+/qP6PeDuA+Bmo8Ww1l2/8P6z+5Ch84yAZaPFfKqv7/L+s/HTwjdB4BebzcupXZ/0/rP58qhmgQ/3m8nGWeJABw6z8+T4bQRf+KPEAWh/n/j+s/+cPClnf+fDxPywTS/6/rP8Qr8u4n/2O8RVxB0v/P6z8h6jvut/9svN8JY/j/7+s/XAsulwNBgbxTdrXh/w/sPxlqt5RkwYs841f68f8v7D/txjCN7/5kvCTkv9z/T+w/dUfsvGg/hLz3uVTt/2/sP+zgU/CjfoQ81Y+Z6/+P7D/xkvmNBoNzPJohJSEAsOw/BA4YZI79aLycRpTd/8/sP3Lqxxy+fo48dsT96v/v7D/+iJ+tOb6OPCv4mhYAEO0/cVq5qJF9dTwd9w8NADDtP9rHcGmQwYk8xA956v9P7T8M/ljFNw5YvOWH3C4AcO0/RA/BTdaAf7yqgtwhAJDtP1xc/ZSPfHS8gwJr2P+v7T9+YSHFHX+MPDlHbCkA0O0/U7H/sp4BiDz1kETl/+/tP4nMUsbSAG48lParzf8P7j/SaS0gQIN/vN3IUtv/L+4/ZAgbysEAezzvFkLy/0/uP1GrlLCo/3I8EV6K6P9v7j9Zvu+xc/ZXvA3/nhEAkO4/AcgLXo2AhLxEF6Xf/6/uP7UgQ9UGAHg8oX8SGgDQ7j+SXFZg+AJQvMS8ugcA8O4/EeY1XURAhbwCjXr1/w/vPwWR7zkx+0+8x4rlHgAw7z9VEXPyrIGKPJQ0gvX/T+8/Q8fX1EE/ijxrTKn8/2/vP3V4mBz0AmK8QcT54f+P7z9L53f00X13PH7j4NL/r+8/MaN8mhkBb7ye5HccANDvP7GszkvugXE8McPg9//v7z9ah3ABNwVuvG5gZfT/D/A/2gocSa1+irxYeobz/y/wP+Cy/MNpf5e8Fw38/f9P8D9blMs0/r+XPIJNzQMAcPA/y1bkwIMAgjzoy/L5/4/wPxp1N77f/228ZdoMAQCw8D/rJuaufz+RvDjTpAEA0PA/959Iefp9gDz9/dr6/+/wP8Br1nAFBHe8lv26CwAQ8T9iC22E1ICOPF305fr/L/E/7zb9ZPq/nTzZmtUNAFDxP65QEnB3AJo8mlUhDwBw8T/u3uPi+f2NPCZUJ/z/j/E/c3I73DAAkTxZPD0SALDxP4gBA4B5f5k8t54p+P/P8T9njJ+rMvllvADUivT/7/E/61unnb9/kzykhosMABDyPyJb/ZFrgJ88A0OFAwAw8j8zv5/rwv+TPIT2vP//T/I/ci4ufucBdjzZISn1/2/yP2EMf3a7/H88PDqTFACQ8j8rQQI8ygJyvBNjVRQAsPI/Ah/yM4KAkrw7Uv7r/8/yP/LcTzh+/4i8lq24CwDw8j/FQTBQUf+FvK/ievv/D/M/nSheiHEAgbx/X6z+/y/zPxW3tz9d/5G8VmemDABQ8z+9gosign+VPCH3+xEAcPM/zNUNxLoAgDy5L1n5/4/zP1Gnsi2dP5S8QtLdBACw8z/hOHZwa3+FPFfJsvX/z/M/MRK/EDoCejwYtLDq/+/zP7BSsWZtf5g89K8yFQAQ9D8khRlfN/hnPCmLRxcAMPQ/Q1HccuYBgzxjtJXn/0/0P1qJsrhp/4k84HUE6P9v9D9U8sKbscCVvOfBb+//j/Q/cio68glAmzwEp77l/6/0P0V9Db+3/5S83icQFwDQ9D89atxxZMCZvOI+8A8A8PQ/HFOFC4l/lzzRS9wSABD1PzakZnFlBGA8eicFFgAw9T8JMiPOzr+WvExw2+z/T/U/16EFBXICibypVF/v/2/1PxJkyQ7mv5s8EhDmFwCQ9T+Q76+BxX6IPJI+yQMAsPU/wAy/CghBn7y8GUkdAND1PylHJfsqgZi8iXq45//v9T8Eae2At36UvA==");var ct=`/* What all live figures share. Colours are those of shared/theme.ts. */
:host {
  --real: #3f4fb5;
  --fake: #d97706;
  --text: #1c1c24;
  --muted: #5a5a66;
  --line: #c9c9d2;
  --control: #767684;
  --surface: #ffffff;
  --raised: #f4f4f8;
  display: block;
  margin: 1rem 0;
  color: var(--text);
  font: 15px/1.45 system-ui, sans-serif;
}

:host([dark]) {
  --real: #a5b0ff;
  --fake: #ffb454;
  --text: #e8e8f0;
  --muted: #b4b4c2;
  --line: #4a4c5c;
  --control: #8b8da0;
  --surface: #161822;
  --raised: #212433;
}

* {
  box-sizing: border-box;
}

.frame {
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--surface);
  padding: 0.75rem;
  container-type: inline-size;
}

button,
select,
input[type="number"],
input[type="text"] {
  font: inherit;
  min-height: 2rem;
  color: inherit;
  background: var(--raised);
  border: 1px solid var(--control);
  border-radius: 5px;
  padding: 0.15rem 0.6rem;
}

button {
  cursor: pointer;
}

button.main,
button[aria-pressed="true"] {
  background: var(--real);
  border-color: var(--real);
  color: var(--surface);
}

button:disabled {
  opacity: 0.5;
  cursor: default;
}

:focus-visible {
  outline: 3px solid var(--fake);
  outline-offset: 2px;
}

input[type="range"],
input[type="checkbox"] {
  accent-color: var(--real);
}

output,
.number {
  font-variant-numeric: tabular-nums;
}

.muted {
  color: var(--muted);
}

.row {
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 0.6rem;
  align-items: center;
}

/* For screen readers only. */
.spoken {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media print {
  .frame {
    break-inside: avoid;
  }

  .controls {
    display: none;
  }
}
`;var Ht={real:"#3f4fb5",fake:"#d97706",ink:"#1c1c24",teal:"#0f8a80",wine:"#7a1f4b",wash:[[242,184,102],[255,255,255],[141,152,220]],text:"#1c1c24",muted:"#5a5a66",line:"#c9c9d2",surface:"#ffffff"},Wt={real:"#a5b0ff",fake:"#ffb454",ink:"#e8e8f0",teal:"#4fd1c5",wine:"#f19ac0",wash:[[110,66,8],[22,24,34],[49,58,128]],text:"#e8e8f0",muted:"#b4b4c2",line:"#4a4c5c",surface:"#161822"};function ut(){return Y()?Wt:Ht}function Y(){let a=document.documentElement,t=document.body;return a.dataset.theme?a.dataset.theme==="dark":t.dataset.jpThemeLight?t.dataset.jpThemeLight==="false":a.hasAttribute("theme")?a.getAttribute("theme")==="dark":matchMedia("(prefers-color-scheme: dark)").matches}function pt(a){let t=new MutationObserver(a),e=["data-theme","data-jp-theme-light","theme"];t.observe(document.documentElement,{attributes:!0,attributeFilter:e}),t.observe(document.body,{attributes:!0,attributeFilter:e});let s=matchMedia("(prefers-color-scheme: dark)");return s.addEventListener("change",a),()=>{t.disconnect(),s.removeEventListener("change",a)}}function mt(){return matchMedia("(prefers-reduced-motion: reduce)").matches}var j=class extends HTMLElement{shadow;ready;onScreen=!1;built=!1;setReady;leave=[];constructor(){super(),this.shadow=this.attachShadow({mode:"open"}),this.ready=new Promise(t=>this.setReady=t)}screenChanged(){}connectedCallback(){this.noteTheme(),this.built||(this.built=!0,this.buildOnce()),this.leave.push(pt(()=>{this.noteTheme(),this.repaint()})),this.watchScreen()}disconnectedCallback(){for(let t of this.leave.splice(0))t();this.setOnScreen(!1)}fill(t,e){this.shadow.innerHTML=`<style>${ct}${t}</style>${e}`}find(t){let e=this.shadow.querySelector(t);if(!e)throw new Error(`this figure has no ${t}`);return e}async buildOnce(){try{await this.build()}catch(t){this.fail(t)}this.setReady()}fail(t){let e=t instanceof Error?t.message:String(t),s=document.createElement("p");s.textContent=`This figure cannot run here: ${e}`,this.shadow.replaceChildren(document.createElement("slot"),s)}noteTheme(){this.toggleAttribute("dark",Y())}watchScreen(){let t=!1,e=()=>this.setOnScreen(t&&!document.hidden),s=new IntersectionObserver(r=>{t=r[r.length-1].isIntersecting,e()});s.observe(this),document.addEventListener("visibilitychange",e),this.leave.push(()=>s.disconnect(),()=>document.removeEventListener("visibilitychange",e))}setOnScreen(t){t!==this.onScreen&&(this.onScreen=t,this.screenChanged())}};function gt(a,t){customElements.get(a)||customElements.define(a,t)}async function bt(a){return WebAssembly.compile(a)}function vt(a){let t={env:{abort(){throw new Error("a kernel stopped: this is a fault of the page's own code.")}}};return new WebAssembly.Instance(a,t).exports}var Bt=65536,ft=64,R=class{kernels;top;constructor(t){this.kernels=t,this.top=t.firstFree()}floats(t){let e=Math.ceil(this.top/ft)*ft;this.top=e+4*t;let s=this.top-this.kernels.memory.buffer.byteLength;return s>0&&this.kernels.memory.grow(Math.ceil(s/Bt)),e}view(t,e){return new Float32Array(this.kernels.memory.buffer,t,e)}};function _(a,t){return Math.ceil(a/t)*t}var wt=["minimax","non_saturating","least_squares","wasserstein","hinge","relativistic"];function P({exp:a,log1p:t}){let e=n=>1/(1+a(-n)),s=n=>Math.max(n,0)+t(a(-Math.abs(n)));function r(n,l,o){return o.real=-e(-n),o.fake=e(l),s(-n)+s(l)}function i(n,l,o){return o.real=0,o.fake=-1,-l}return{minimax:{discriminator:r,generator(n,l,o){return o.real=0,o.fake=-e(l),-s(l)},paired:!1},non_saturating:{discriminator:r,generator(n,l,o){return o.real=0,o.fake=-e(-l),s(-l)},paired:!1},least_squares:{discriminator(n,l,o){return o.real=n-1,o.fake=l,((n-1)**2+l**2)/2},generator(n,l,o){return o.real=0,o.fake=l-1,(l-1)**2/2},paired:!1},wasserstein:{discriminator(n,l,o){return o.real=-1,o.fake=1,l-n},generator:i,paired:!1},hinge:{discriminator(n,l,o){return o.real=n<1?-1:0,o.fake=l>-1?1:0,Math.max(0,1-n)+Math.max(0,1+l)},generator:i,paired:!1},relativistic:{discriminator(n,l,o){return o.fake=e(l-n),o.real=-o.fake,s(l-n)},generator(n,l,o){return o.real=e(n-l),o.fake=-o.real,s(n-l)},paired:!0}}}var J=.2,y=8,E=class{sizes;numParameters;parameters;gradients;kernels;arena;layers=[];inputGradient;firstMoments;secondMoments;input=0;samples=0;power1=1;power2=1;constructor(t,e,s){this.arena=t,this.kernels=t.kernels,this.sizes=e;let r=0;for(let n=0;n+1<e.length;n++)r+=_(e[n]*e[n+1],4)+_(e[n+1],4);this.numParameters=r,this.parameters=t.floats(r),this.gradients=t.floats(r),this.firstMoments=t.floats(r),this.secondMoments=t.floats(r),this.inputGradient=t.floats(e[0]*s);let i=0;for(let n=0;n+1<e.length;n++){let l=e[n],o=e[n+1],h=i,d=h+4*_(l*o,4);i=d+4*_(o,4),this.layers.push({inputs:l,outputs:o,weight:this.parameters+h,bias:this.parameters+d,weightGradient:this.gradients+h,biasGradient:this.gradients+d,activation:t.floats(o*s),delta:t.floats(o*s),tangent:t.floats(o*s)})}}initialise(t){for(let{inputs:e,outputs:s,weight:r,bias:i}of this.layers){let n=1/Math.sqrt(e);for(let l of[this.arena.view(r,e*s),this.arena.view(i,s)])for(let o=0;o<l.length;o++)l[o]=n*(2*t.uniform()-1)}}layer(t){return this.layers[t]}forward(t,e){this.input=t,this.samples=e;for(let[s,r]of this.layers.entries()){let{inputs:i,outputs:n,weight:l,bias:o,activation:h}=r;this.kernels.product(h,l,4*i,4,o,t,n,i,e),s+1<this.layers.length&&this.kernels.rectify(h,h,n*e,J),t=h}return t}zeroGradients(){this.arena.view(this.gradients,this.numParameters).fill(0)}backward(t,e){let s=t;for(let r=this.layers.length-1;r>=0;r--){let{inputs:i,outputs:n,weight:l,weightGradient:o,biasGradient:h}=this.layers[r],d=r>0?this.layers[r-1]:null;if(e.parameters&&this.kernels.addOuter(o,h,s,d?.activation??this.input,n,i,this.samples),!d&&!e.input)break;let c=d?.delta??this.inputGradient;this.kernels.product(c,l,4,4*i,0,s,i,n,this.samples),d&&this.kernels.rectify(c,d.activation,i*this.samples,J),s=c}return this.inputGradient}penaliseSlope(t,e){let s=e;for(let[r,i]of this.layers.entries()){let{inputs:n,outputs:l,weight:o,weightGradient:h}=i,d=r+1===this.layers.length;if(this.kernels.addOuter(h,0,d?t:i.delta,s,l,n,this.samples),d)return;this.kernels.product(i.tangent,o,4*n,4,0,s,l,n,this.samples),this.kernels.rectify(i.tangent,i.activation,l*this.samples,J),s=i.tangent}}adam(t,e,s,r){this.power1*=e,this.power2*=s,this.kernels.adam(this.parameters,this.gradients,this.firstMoments,this.secondMoments,this.numParameters,t/(1-this.power1),e,s,1/(1-this.power2),r)}clip(t){this.kernels.clip(this.parameters,this.numParameters,t)}gradientNorm(){return Math.sqrt(this.kernels.squares(this.gradients,this.numParameters))}};var v=class{state;log;spare=NaN;constructor(t,e,s){this.log=t,this.state=new Uint32Array(4);let r=X(e)^X(~s);for(let i=0;i<4;i++)this.state[i]=X(r+Math.imul(i+1,Kt))}bits(){let t=this.state,e=yt(t[0]+t[3],7)+t[0],s=t[1]<<9;return t[2]^=t[0],t[3]^=t[1],t[1]^=t[2],t[0]^=t[3],t[2]^=s,t[3]=yt(t[3],11),e>>>0}uniform(){return this.bits()/4294967296}below(t){return Math.floor(this.uniform()*t)}normal(){if(this.spare===this.spare){let i=this.spare;return this.spare=NaN,i}let t,e,s;do t=2*this.uniform()-1,e=2*this.uniform()-1,s=t*t+e*e;while(s>=1||s===0);let r=Math.sqrt(-2*this.log(s)/s);return this.spare=e*r,t*r}},Kt=2654435769;function X(a){return a=Math.imul(a^a>>>16,2246822507),a=Math.imul(a^a>>>13,3266489909),(a^a>>>16)>>>0}function yt(a,t){return a<<t|a>>>32-t}var N=["gaussian","two-clusters","ring","grid","moons","spiral","drawn"];function Vt(){let a=[];for(let t=0;t<8;t++)a.push(2*Math.cos(2*Math.PI*t/8),2*Math.sin(2*Math.PI*t/8));return L(a,.1)}function Qt(){let a=[-2,0,2];return L(a.flatMap(t=>a.flatMap(e=>[t,e])),.1)}function Yt(){let a=[];for(let t of[1,-1])for(let e=0;e<50;e++){let s=Math.PI*e/49;a.push(t*(Math.cos(s)-.5),t*(Math.sin(s)-.25))}return kt(a,.08)}function Jt(){let r=new Float64Array(4097),i=new Float64Array(4097),n=new Float64Array(4097);for(let o=0;o<=4096;o++){let h=2*Math.PI*2*o/4096,d=2*(.1+.9*o/4096);r[o]=d*Math.cos(h),i[o]=d*Math.sin(h),o&&(n[o]=n[o-1]+Math.hypot(r[o]-r[o-1],i[o]-i[o-1]))}let l=new Float64Array(400);for(let o=0,h=0;o<200;o++){let d=n[4096]*o/199;for(;h<4095&&n[h+1]<d;)h++;let c=(d-n[h])/(n[h+1]-n[h]);l[2*o]=r[h]+c*(r[h+1]-r[h]),l[2*o+1]=i[h]+c*(i[h+1]-i[h])}return kt(l,.08)}function L(a,t){let e=At(a);return{means:e,std:t,numParts:e.length/2,part:"cluster"}}function kt(a,t){return{means:At(a),std:t,numParts:20,part:"piece"}}function At(a){return Float64Array.from(a,t=>Math.round(t*2**20)/2**20)}function xt(a,t=[]){switch(a){case"gaussian":return L([0,0],1);case"two-clusters":return L([-1,0,1,0],.2);case"ring":return Vt();case"grid":return Qt();case"moons":return Yt();case"spiral":return Jt();case"drawn":return L(t,.1)}}function F(a,t,e){let s=e.length/2,r=a.means.length/2;for(let i=0;i<s;i++){let n=2*t.below(r);e[i]=a.means[n]+a.std*t.normal(),e[s+i]=a.means[n+1]+a.std*t.normal()}}function St(a,t,e){let s=t.length/2,r=a.means.length/2,i=(3*a.std)**2;e.fill(0);let n=0;for(let h=0;h<s;h++){let d=1/0,c=0;for(let u=0;u<r;u++){let f=t[h]-a.means[2*u],p=t[s+h]-a.means[2*u+1],T=f*f+p*p;T<d&&(d=T,c=u)}d<i&&(n+=1,e[Math.floor(c*a.numParts/r)]+=1)}let l=0,o=0;for(let h=0;h<a.numParts;h++)e[h]>0&&(l+=1),o=Math.max(o,e[h]);return{parts:l,quality:n/s,largest:n?o/n:0}}var Tt=["none","clipping","gradient_penalty","r1_r2"],M=2;function _t(a,t,e){let s=new v(a.log,e,1),r=new v(a.log,e,2);return{real:i=>F(t,s,i),noise:i=>{for(let n=0;n<i.length;n++)i[n]=r.normal()},epsilon:i=>{for(let n=0;n<i.length;n++)i[n]=r.uniform()}}}var $=class{arena;generator;discriminator;rules;source;d_loss=NaN;g_loss=NaN;d_norm=NaN;g_norm=NaN;losses;slopes={real:0,fake:0};z;epsilon;points;between;logitGradient;ones;direction;fakeGradient;haveData=!1;constructor(t,e,s,r){let i=e.batch_size;if(i<y||i%y)throw new Error(`batch_size is ${i}, but must be a multiple of ${y}.`);let n=new R(t),l=Array(e.depth).fill(e.width);this.arena=n,this.rules=e,this.source=s,this.losses=P(t),this.generator=new E(n,[M,...l,2],i),this.discriminator=new E(n,[2,...l,1],2*i);let o=new v(t.log,r,0);this.generator.initialise(o),this.discriminator.initialise(o),this.z=n.floats(M*i),this.epsilon=n.floats(i),this.points=n.floats(4*i),this.between=n.floats(2*i),this.logitGradient=n.floats(2*i),this.ones=n.floats(2*i),this.direction=n.floats(4*i),this.fakeGradient=n.floats(2*i),n.view(this.ones,2*i).fill(1)}step(){for(let t=0;t<this.rules.d_steps;t++)this.discriminatorStep();this.generatorStep()}discriminatorStep(){let{rules:t,discriminator:e}=this,s=t.batch_size;this.placeData(),this.placeFakes();let r=this.arena.view(e.forward(this.points,2*s),2*s),i=this.arena.view(this.logitGradient,2*s),n=this.losses[t.loss],l=0;for(let o=0;o<s;o++)l+=n.discriminator(r[o],r[s+o],this.slopes),i[o]=this.slopes.real/s,i[s+o]=this.slopes.fake/s;e.zeroGradients(),e.backward(this.logitGradient,{parameters:!0,input:!1}),this.d_loss=l/s+this.penalty(),this.d_norm=e.gradientNorm(),e.adam(t.d_lr,t.beta1,t.beta2,t.epsilon),t.restraint==="clipping"&&e.clip(t.strength)}generatorStep(){let{rules:t,discriminator:e,generator:s}=this,r=t.batch_size,i=this.losses[t.loss];this.haveData||this.placeData(),this.placeFakes();let n=this.arena.view(e.forward(this.points,2*r),2*r),l=this.arena.view(this.logitGradient,2*r),o=0;for(let d=0;d<r;d++)o+=i.generator(n[d],n[r+d],this.slopes),l[d]=0,l[r+d]=this.slopes.fake/r;let h=e.backward(this.logitGradient,{parameters:!1,input:!0});this.copyFakeHalf(this.arena.view(h,4*r)),s.zeroGradients(),s.backward(this.fakeGradient,{parameters:!0,input:!1}),this.g_loss=o/r,this.g_norm=s.gradientNorm(),s.adam(t.g_lr,t.beta1,t.beta2,t.epsilon)}placeData(){let t=this.rules.batch_size,e=this.arena.view(this.points,4*t),s=this.arena.view(this.fakeGradient,2*t);this.source.real(s),e.set(s.subarray(0,t),0),e.set(s.subarray(t),2*t),this.haveData=!0}placeFakes(){let t=this.rules.batch_size,e=this.arena.view(this.points,4*t);this.source.noise(this.arena.view(this.z,M*t));let s=this.arena.view(this.generator.forward(this.z,t),2*t);e.set(s.subarray(0,t),t),e.set(s.subarray(t),3*t)}copyFakeHalf(t){let e=this.rules.batch_size,s=this.arena.view(this.fakeGradient,2*e);s.set(t.subarray(e,2*e),0),s.set(t.subarray(3*e),e)}penalty(){let{restraint:t,strength:e,batch_size:s}=this.rules;return t==="r1_r2"?this.penalise(2*s,(r,i)=>(i.factor=e/s,e/2*r*r/s)):t==="gradient_penalty"?(this.placeBetween(),this.discriminator.forward(this.between,s),this.penalise(s,(r,i)=>{let n=Math.sqrt(r*r+1e-12);return i.factor=2*e*(n-1)/n/s,e*(n-1)**2/s})):0}placeBetween(){let t=this.rules.batch_size,e=this.arena.view(this.points,4*t),s=this.arena.view(this.between,2*t),r=this.arena.view(this.epsilon,t);this.source.epsilon(r);for(let i=0;i<t;i++)for(let n of[0,1]){let l=e[2*n*t+i],o=e[(2*n+1)*t+i];s[n*t+i]=r[i]*l+(1-r[i])*o}}penalise(t,e){let s=this.discriminator.backward(this.ones,{parameters:!1,input:!0}),r=this.arena.view(s,2*t),i=this.arena.view(this.direction,2*t),n={factor:0},l=0;for(let o=0;o<t;o++){let h=r[o],d=r[t+o];l+=e(Math.sqrt(h*h+d*d),n),i[o]=n.factor*h,i[t+o]=n.factor*d}return this.discriminator.penaliseSlope(this.ones,this.direction),l}};var w=13,m=48,Et=2.4,I=class{view;real;fake;wash;pull;lines;game;target;z;zLines;grid;realLogits;fakeLogits;counts;stage;ones;losses;constructor(t,e,s){let{numPoints:r,side:i}=s,{arena:n}=t;this.game=t,this.target=e,this.view=s,this.losses=P(n.kernels),this.counts=new Int32Array(e.numParts);let l=new v(n.kernels.log,0,3);this.real=new Float32Array(2*r),e.means.length?F(e,l,this.real):this.real.fill(NaN),this.z=Float32Array.from({length:M*r},()=>l.normal()),this.fake=new Float32Array(2*r),this.pull=new Float32Array(2*r),this.realLogits=new Float32Array(r),this.fakeLogits=new Float32Array(r),this.grid=Xt(s),this.wash=new Float32Array(i*i),this.zLines=Zt(),this.lines=new Float32Array(this.zLines.length);let o=2*t.rules.batch_size;this.stage=n.floats(2*o),this.ones=n.floats(o),n.view(this.ones,o).fill(1)}lookAtFakes(){this.generate(this.z,this.fake)}get onlyDifferences(){let{loss:t}=this.game.rules;return t==="wasserstein"||this.losses[t].paired}lookAtWash(){if(this.judge(this.grid,this.wash),!this.onlyDifferences)return;this.judge(this.real,this.realLogits),this.judge(this.fake,this.fakeLogits);let t=0;for(let e=0;e<this.view.numPoints;e++)t+=(this.realLogits[e]+this.fakeLogits[e])/(2*this.view.numPoints);for(let e=0;e<this.wash.length;e++)this.wash[e]-=t}coverage(){return St(this.target,this.fake,this.counts)}moments(){let t=this.view.numPoints,{means:e}=this.target,s=(h,d,c,u)=>{let f=0;for(let p=0;p<u;p++)f+=h[d+p*c];return f/u},r=(h,d)=>{let c=0;for(let u=0;u<t;u++)c+=(this.fake[h+u]-d)**2;return Math.sqrt(c/t)},i=s(this.fake,0,1,t),n=s(this.fake,t,1,t),l=i-s(e,0,2,e.length/2),o=n-s(e,1,2,e.length/2);return{centre:Math.sqrt(l*l+o*o),spread_x:r(0,i),spread_y:r(t,n)}}lookAtLines(){for(let t=0;t<2*w;t++){let[e,s]=[2*m*t,2*m*(t+1)];this.generate(this.zLines.subarray(e,s),this.lines.subarray(e,s))}}lookAtPull(){let{game:t,fake:e,pull:s}=this,r=this.view.numPoints,i=this.losses[t.rules.loss],n={real:0,fake:0};i.paired&&this.judge(this.real,this.realLogits),this.judge(e,this.fakeLogits),this.inChunks(e,r,2*t.rules.batch_size,(l,o)=>{t.discriminator.forward(this.stage,o);let h={parameters:!1,input:!0},d=t.discriminator.backward(this.ones,h),c=t.arena.view(d,2*o);for(let u=0;u<o;u++)i.generator(this.realLogits[l+u],this.fakeLogits[l+u],n),s[l+u]=-n.fake*c[u],s[r+l+u]=-n.fake*c[o+u]})}generate(t,e){let s=t.length/2,{generator:r,arena:i,rules:n}=this.game;this.inChunks(t,s,n.batch_size,(l,o)=>{let h=i.view(r.forward(this.stage,o),2*o);e.set(h.subarray(0,o),l),e.set(h.subarray(o),s+l)})}judge(t,e){let{discriminator:s,arena:r,rules:i}=this.game;this.inChunks(t,t.length/2,2*i.batch_size,(n,l)=>{e.set(r.view(s.forward(this.stage,l),l),n)})}inChunks(t,e,s,r){if(e%y)throw new Error(`${e} points are no multiple of ${y}.`);for(let i=0;i<e;i+=s){let n=Math.min(s,e-i),l=this.game.arena.view(this.stage,2*n);l.set(t.subarray(i,i+n),0),l.set(t.subarray(e+i,e+i+n),n),r(i,n)}}};function Xt({side:a,extent:t}){let e=a*a,s=new Float32Array(2*e);for(let r=0,i=0;r<a;r++)for(let n=0;n<a;n++,i++)s[i]=((2*n+1)/a-1)*t,s[e+i]=(1-(2*r+1)/a)*t;return s}function Zt(){let a=new Float32Array(2*w*2*m);for(let t=0;t<2*w;t++){let e=(2*(t%w)/(w-1)-1)*Et,[s,r]=t<w?[0,m]:[m,0];for(let i=0;i<m;i++)a[2*m*t+s+i]=e,a[2*m*t+r+i]=(2*i/(m-1)-1)*Et}return a}var Lt={gaussian:{title:"One Gaussian",caption:"A heap becomes a cloud: within 1,000 steps the forgeries lie about where the data lie and are about as wide.",data:"gaussian",expect:{step:1e3,centre:[0,.6],spread_x:[.6,1.4],spread_y:[.6,1.4]}},"two-clusters":{title:"Two clusters, in balance",caption:"Equal learning rates: after 1,000 steps both clusters are served, each with about half of the forgeries.",data:"two-clusters",expect:{step:1e3,parts:[2,2],largest:[.5,.65]}},"two-clusters-collapse":{title:"Two clusters, collapsed",caption:"A forger ten times as quick as the detective, with a long memory: after 1,000 steps all forgeries are in one heap, on one cluster or on none.",data:"two-clusters",g_lr:.01,beta1:.9,expect:{step:1e3,parts:[0,1]}},ring:{title:"Ring of eight",caption:"The game of the first chapter: all eight clusters within 2,000 steps. What then still changes is how tightly they are hit.",data:"ring",expect:{step:2e3,parts:[8,8],quality:[.5,1]}},"ring-collapse":{title:"Ring of eight, collapsed",caption:"The same quick forger: after 1,500 steps at most four of the eight clusters, and the heap wanders.",data:"ring",g_lr:.01,beta1:.9,expect:{step:1500,parts:[0,4]}},"ring-clipping":{title:"Ring, clipped critic",caption:"A Wasserstein critic with clipped weights is too smooth to see a cluster: after 2,000 steps all eight are touched, and not half of the forgeries lie in one.",data:"ring",loss:"wasserstein",restraint:"clipping",strength:.1,d_steps:5,g_lr:5e-4,beta1:0,beta2:.99,expect:{step:2e3,parts:[8,8],quality:[.05,.5]}},"ring-gradient-penalty":{title:"Ring, gradient penalty",caption:"A Wasserstein critic of slope one: all eight clusters within 1,500 steps, of five critic steps each.",data:"ring",loss:"wasserstein",restraint:"gradient_penalty",strength:10,d_steps:5,d_lr:.003,beta1:0,beta2:.9,expect:{step:1500,parts:[8,8],quality:[.25,1]}},grid:{title:"Grid of nine",caption:"Pairs with R1 and R2: all nine clusters of the grid within 4,000 steps.",data:"grid",loss:"relativistic",restraint:"r1_r2",strength:.1,g_lr:.002,d_lr:.002,beta1:0,beta2:.99,expect:{step:4e3,parts:[9,9],quality:[.5,1]}},spiral:{title:"Spiral",caption:"A curve of two turns in twenty pieces: after 5,000 steps forgeries lie on at least fifteen of them.",data:"spiral",expect:{step:5e3,parts:[15,20],quality:[.6,1]}},drawn:{title:"Draw your own",caption:"Click into the picture, or move the cross with the arrow keys and press Enter: every point becomes a cluster. Then train. The four that are there to start with are found within 2,000 steps.",data:"drawn",drawn:[-1.6,-1.2,1.6,-1.2,0,1.6,0,-.2],loss:"relativistic",restraint:"r1_r2",strength:.1,g_lr:.002,d_lr:.002,beta1:0,beta2:.99,expect:{step:2e3,parts:[4,4],quality:[.5,1]}}};var G={data:"ring",seed:0,drawn:[],loss:"non_saturating",restraint:"none",strength:0,g_lr:.001,d_lr:.001,beta1:.5,beta2:.999,epsilon:1e-8,d_steps:1,width:32,depth:2,batch_size:128},b=Object.fromEntries(Object.entries(Lt).map(([a,t])=>{let{title:e,caption:s,expect:r,...i}=t,n={...G,...i};return[a,{title:e,caption:s,steps:r.step,settings:n}]})),S=[k("minimax","minimax","none",0,""),k("non-saturating","non_saturating","none",0,""),k("least squares","least_squares","none",0,""),k("Wasserstein, clipped weights","wasserstein","clipping",.1,"limit c"),k("Wasserstein, gradient penalty","wasserstein","gradient_penalty",10,"weight λ"),k("hinge","hinge","none",0,""),k("pairs with R1 and R2","relativistic","r1_r2",.1,"strength γ")];function k(a,t,e,s,r){return{title:a,loss:t,restraint:e,strength:s,symbol:r}}var O={seed:[0,4294967295],strength:[0,1e3],g_lr:[0,1],d_lr:[0,1],beta1:[0,.999],beta2:[0,.99999],epsilon:[1e-12,1],d_steps:[1,20],width:[4,128],depth:[1,4],batch_size:[8,1024]},Mt=["seed","d_steps","width","depth","batch_size"],Z=["data","seed","drawn","width","depth","batch_size"],g=3,C=64;function U(a,t){if(a in O){let[s,r]=O[a],i=Number(t),n=t.trim()!==""&&i>=s&&i<=r,l=!Mt.includes(a)||Number.isInteger(i),o=a!=="batch_size"||i%8===0;if(!n||!l||!o){let h=Mt.includes(a)?"a whole number":"a number",d=a==="batch_size"?", a multiple of 8":"";throw new Error(`${a} is ${t||"empty"}, but must be ${h} from ${s} to ${r}${d}.`)}return{[a]:i}}let e={data:N,loss:wt,restraint:Tt};if(a in e){if(!e[a].includes(t))throw new Error(`${a} is ${t}, but must be one of ${e[a].join(", ")}.`);return{[a]:t}}if(a==="drawn")return{drawn:ee(t)};throw new Error(`there is no setting ${a}.`)}function ee(a){let t=a.split(".").filter(Boolean).map(s=>Number(s)/100);if(!t.every(s=>Math.abs(s)<=g)||t.length%2||t.length>2*C)throw new Error(`drawn is ${a}, but must be at most ${C} points, each two whole numbers from ${-100*g} to ${100*g}, joined by dots.`);return t}function tt(a){return a.map(t=>Math.round(100*t)).join(".")}function et(a,t){let e=b[t].settings,s={};for(let r of Object.keys(G)){let[i,n]=[a,e].map(l=>r==="drawn"?tt(l.drawn):String(l[r]));i!==n&&(s[r]=i)}return s}var Dt=.15,se=.25,re={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},z=class{cross=null;canvas;sheet;active=!1;stroke=!1;constructor(t,e){this.canvas=t,this.sheet=e,t.addEventListener("pointerdown",s=>{!this.active||s.button||(this.stroke=!0,t.setPointerCapture(s.pointerId),this.add(...this.place(s)))}),t.addEventListener("pointermove",s=>{this.stroke&&this.addFar(...this.place(s))});for(let s of["pointerup","pointercancel"])t.addEventListener(s,()=>this.stroke=!1);t.addEventListener("keydown",s=>this.key(s)),t.addEventListener("blur",()=>{this.cross=null,this.sheet.moved()})}set(t){t!==this.active&&(this.active=t,this.stroke=!1,this.cross=null,this.canvas.classList.toggle("drawable",t),t?this.canvas.tabIndex=0:this.canvas.removeAttribute("tabindex"))}place(t){let e=this.canvas.getBoundingClientRect();return[(2*(t.clientX-e.left)/e.width-1)*g,(1-2*(t.clientY-e.top)/e.height)*g]}key(t){if(!this.active)return;let e=re[t.key];if(e){let[s,r]=this.cross??[0,0];this.cross=[q(s+Dt*e[0]),q(r+Dt*e[1])],this.sheet.moved()}else if(t.key==="Enter"||t.key===" ")this.cross??=[0,0],this.add(...this.cross);else if(t.key==="Backspace"||t.key==="Delete")this.sheet.changed(this.sheet.drawn().slice(0,-2));else return;t.preventDefault()}addFar(t,e){let s=this.sheet.drawn(),r=s.length-2;(t-s[r])**2+(e-s[r+1])**2>se**2&&this.add(t,e)}add(t,e){let s=this.sheet.drawn();s.length<2*C&&this.sheet.changed([...s,jt(q(t)),jt(q(e))])}};function q(a){return Math.min(Math.max(a,-g),g)}function jt(a){return Math.round(100*a)/100}function Rt(a,t){let e=Object.fromEntries(new URL(t).searchParams);return e.live!==a?null:(delete e.live,e)}function Pt(a,t,e){let s=new URL(e);return s.search=new URLSearchParams({live:a,...t}).toString(),s.hash=a,s.toString()}var H=class{frame;handle=0;constructor(t){this.frame=t}get running(){return this.handle!==0}start(){this.handle||(this.handle=requestAnimationFrame(this.next))}stop(){cancelAnimationFrame(this.handle),this.handle=0}next=t=>{this.handle=requestAnimationFrame(this.next),this.frame(t)}};function W(a,t,e){let s=performance.now()+a;for(let r=0;r<t;r++)if(!e()||performance.now()>=s)return}var Nt=`
  <ul class="legend" aria-label="Legend">
    <li><svg viewBox="-5 -5 10 10" aria-hidden="true"><circle r="4" fill="var(--real)"/></svg>
      data</li>
    <li><svg viewBox="-5 -5 10 10" aria-hidden="true"><path d="M0-4.5 4 3H-4z"
      fill="var(--fake)"/></svg> forgeries</li>
    <li class="wash-key"><span data-low>D says: forged</span><i></i><span
      data-high>real</span></li>
  </ul>`;var st=[{title:"slow: 1 step a frame",steps:1},{title:"medium: 5 steps a frame",steps:5},{title:"quick: 20 steps a frame",steps:20},{title:"as fast as it goes",steps:1/0}],Ft=1,rt=[{name:"d_loss",title:"Loss of D",colour:"real"},{name:"g_loss",title:"Loss of G",colour:"fake"},{name:"d_norm",title:"Gradient of D",colour:"real"},{name:"g_norm",title:"Gradient of G",colour:"fake"}],ne={gaussian:"one Gaussian","two-clusters":"two clusters",ring:"ring of eight",grid:"grid of nine",moons:"two moons",spiral:"spiral",drawn:"drawn by you"};function B(a,t){return`<option value="${a}">${t}</option>`}function A(a,t,e){let[s,r]=O[a];return`<label>${t} <input type="number" data-setting="${a}" min="${s}"
    max="${r}" step="${e}"></label>`}function ie({name:a,title:t}){return`<div class="curve"><span>${t}</span> <output data-curve="${a}">–</output>
    <canvas data-curve="${a}" aria-hidden="true"></canvas></div>`}var ae=`
  <div class="row controls" role="group" aria-label="Training">
    <button type="button" class="main" data-do="train">Train</button>
    <button type="button" data-do="d">Step D</button>
    <button type="button" data-do="g">Step G</button>
    <button type="button" data-do="b">Step both</button>
    <button type="button" data-do="reset">Reset</button>
    <button type="button" class="clear" data-do="clear">Clear drawing</button>
  </div>`,oe=`
  <fieldset class="row"><legend>Show</legend>
    <label><input type="checkbox" data-show="wash" checked> what D says</label>
    <label><input type="checkbox" data-show="pull"> where each forgery is pulled</label>
    <label><input type="checkbox" data-show="lines"> a grid of z, as G bends it</label>
  </fieldset>`;function le(){let a=N.map(e=>B(e,ne[e])).join(""),t=S.map(({title:e},s)=>B(s,e)).join("");return`
  <details class="controls"><summary>Settings</summary>
    <div class="grid">
      <label>Data <select data-setting="data">${a}</select></label>
      <label>Loss <select data-offer>${t}</select></label>
      <label data-strength><span>Strength</span>
        <input type="number" data-setting="strength" min="0" max="1000" step="any"></label>
      ${A("g_lr","Learning rate of G","any")}
      ${A("d_lr","Learning rate of D","any")}
      ${A("beta1","Adam’s β₁","any")}
      ${A("beta2","Adam’s β₂","any")}
      ${A("d_steps","Steps of D for one of G","1")}
      ${A("width","Units in a hidden layer","1")}
      ${A("batch_size","Samples a step","8")}
    </div>
    <p class="muted">Data, units and samples start the game again; the others act from the
      next step on.</p>
  </details>`}function $t(){let a=Object.entries(b).map(([e,{title:s}])=>B(e,s)),t=st.map(({title:e},s)=>B(s,e));return`
  <section class="frame" aria-label="Playground: train a GAN on this page">
    <div class="row controls">
      <label>Preset <select data-preset>${a.join("")}</select></label>
      <label>Seed <input type="number" data-setting="seed" min="0" max="4294967295"
        step="1"></label>
      <label>Speed <select data-speed>${t.join("")}</select></label>
    </div>
    <p class="caption"></p>
    <div class="tour" role="group" aria-label="Tour"></div>
    <div class="stage">
      <div class="picture">
        <canvas class="plane"></canvas>
        ${Nt}
        ${ae}
      </div>
      <div class="side">
        <div class="row number">
          <span>Steps: G <output data-read="g_steps">0</output>,
            D <output data-read="d_steps">0</output></span>
          <span><output data-read="parts">–</output>,
            <output data-read="quality">–</output> within 3 std</span>
        </div>
        <div class="curves">${rt.map(ie).join("")}</div>
        ${oe}
      </div>
    </div>
    ${le()}
    <div class="row controls">
      <button type="button" data-do="tour">Tour</button>
      <button type="button" data-do="link">Copy a link to this</button>
      <input type="text" class="link" readonly aria-label="Link to this state">
    </div>
    <p class="message" role="alert"></p>
    <p class="status muted" role="status"></p>
  </section>`}var he=64,de=.11,K=class{canvas;context;washCanvas=document.createElement("canvas");washImage=null;constructor(t){let e=t.getContext("2d");if(!e)throw new Error("the browser gives no canvas to draw on.");this.canvas=t,this.context=e}fit(){let t=Math.min(devicePixelRatio||1,2),e=Math.max(Math.round(this.canvas.clientWidth*t),64);return this.canvas.width===e?!1:(this.canvas.width=this.canvas.height=e,!0)}paint(t,e){let{context:s,canvas:r}=this,i=r.width;s.fillStyle=e.surface,s.fillRect(0,0,i,i),t.wash&&this.paintWash(t.wash,t.side,e.wash),t.lines&&this.paintLines(t.lines,t.extent,e.muted),this.paintDots(t.real,t.extent,e.real),this.paintTriangles(t.fake,t.extent,e),t.pull&&this.paintArrows(t,e.text),t.drawn&&this.paintDrawn(t.drawn,t.extent,e.real),t.cross&&this.paintCross(t.cross,t.extent,e.text)}x(t,e){return(t/e+1)/2*this.canvas.width}y(t,e){return(1-t/e)/2*this.canvas.height}paintWash(t,e,[s,r,i]){(this.washCanvas.width!==e||!this.washImage)&&(this.washCanvas.width=this.washCanvas.height=e,this.washImage=new ImageData(e,e));let{data:n}=this.washImage;for(let l=0;l<t.length;l++){let o=2/(1+Math.exp(-t[l]))-1,h=o<0?s:i,d=Math.abs(o);for(let c=0;c<3;c++)n[4*l+c]=r[c]+d*(h[c]-r[c]);n[4*l+3]=255}this.washCanvas.getContext("2d")?.putImageData(this.washImage,0,0),this.context.imageSmoothingEnabled=!0,this.context.drawImage(this.washCanvas,0,0,this.canvas.width,this.canvas.height)}paintDots(t,e,s){let{context:r}=this,i=t.length/2,n=this.canvas.width/190;r.fillStyle=s,r.beginPath();for(let l=0;l<i;l++){let o=this.x(t[l],e),h=this.y(t[i+l],e);r.moveTo(o+n,h),r.arc(o,h,n,0,2*Math.PI)}r.fill()}paintTriangles(t,e,s){let{context:r}=this,i=t.length/2,n=this.canvas.width/130;r.fillStyle=s.fake,r.strokeStyle=s.surface,r.lineWidth=this.canvas.width/1e3,r.beginPath();for(let l=0;l<i;l++){let o=this.x(t[l],e),h=this.y(t[i+l],e);r.moveTo(o,h-n),r.lineTo(o+.9*n,h+.6*n),r.lineTo(o-.9*n,h+.6*n),r.closePath()}r.fill(),r.stroke()}paintArrows({fake:t,pull:e,extent:s},r){if(!e)return;let{context:i}=this,n=t.length/2,l=Math.ceil(n/he),o=0;for(let h=0;h<n;h+=l)o=Math.max(o,e[h]**2+e[n+h]**2);if(o>0){i.strokeStyle=r,i.lineWidth=this.canvas.width/380,i.beginPath();for(let h=0;h<n;h+=l){let d=Math.sqrt(e[h]**2+e[n+h]**2);if(d===0)continue;let c=Math.sqrt(d/Math.sqrt(o)),u=de*this.canvas.width*c/d,f=this.x(t[h],s),p=this.y(t[n+h],s);this.traceArrow(f,p,u*e[h],-u*e[n+h])}i.stroke()}}traceArrow(t,e,s,r){let{context:i}=this;i.moveTo(t,e),i.lineTo(t+s,e+r);for(let n of[-1,1])i.moveTo(t+s,e+r),i.lineTo(t+.72*s-.16*n*r,e+.72*r+.16*n*s)}paintLines(t,e,s){let{context:r}=this;r.strokeStyle=s,r.lineWidth=this.canvas.width/700,r.beginPath();for(let i=0;i<2*w;i++){let n=2*m*i;for(let l=0;l<m;l++){let o=this.x(t[n+l],e),h=this.y(t[n+m+l],e);l?r.lineTo(o,h):r.moveTo(o,h)}}r.stroke()}paintDrawn(t,e,s){let{context:r}=this,i=this.canvas.width/60;r.strokeStyle=s,r.lineWidth=this.canvas.width/300,r.beginPath();for(let n=0;n<t.length;n+=2){let l=this.x(t[n],e),o=this.y(t[n+1],e);r.moveTo(l+i,o),r.arc(l,o,i,0,2*Math.PI)}r.stroke()}paintCross([t,e],s,r){let{context:i}=this,n=this.canvas.width/35,l=this.x(t,s),o=this.y(e,s);i.strokeStyle=r,i.lineWidth=this.canvas.width/240,i.beginPath(),i.moveTo(l-n,o),i.lineTo(l+n,o),i.moveTo(l,o-n),i.lineTo(l,o+n),i.stroke()}};var It=`/* A picture of the plane with its legend, numbers and curves. */
.stage {
  display: grid;
  gap: 0.75rem;
}

@container (min-width: 620px) {
  .stage {
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
  }
}

.plane {
  display: block;
  width: 100%;
  max-width: 30rem;
  aspect-ratio: 1;
  border: 1px solid var(--line);
  border-radius: 5px;
}

.legend {
  display: flex;
  flex-wrap: wrap;
  gap: 0.2rem 1rem;
  margin: 0.35rem 0 0;
  padding: 0;
  list-style: none;
  font-size: 0.9em;
}

.legend li {
  display: flex;
  align-items: center;
  gap: 0.35rem;
}

.legend svg {
  width: 0.8em;
  height: 0.8em;
}

.wash-key i {
  width: 4.5rem;
  height: 0.8em;
  border: 1px solid var(--line);
  background: linear-gradient(
    90deg,
    var(--wash-low),
    var(--wash-middle),
    var(--wash-high)
  );
}

:host {
  --wash-low: rgb(242 184 102);
  --wash-middle: rgb(255 255 255);
  --wash-high: rgb(141 152 220);
}

:host([dark]) {
  --wash-low: rgb(110 66 8);
  --wash-middle: rgb(22 24 34);
  --wash-high: rgb(49 58 128);
}

.side {
  display: flex;
  flex-direction: column;
  gap: 0.6rem;
}

.curves {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 0.5rem;
  font-size: 0.85em;
}

.curve canvas {
  display: block;
  width: 100%;
  height: 44px;
}
`;var Ot=`.caption,
.status,
.message,
.tour p {
  margin: 0.5rem 0;
}

.caption {
  min-height: 2.9em; /* two lines: the picture stays where it is */
}

.status {
  min-height: 1.45em;
  font-size: 0.9em;
}

.message:empty {
  display: none;
}

.message {
  border-left: 4px solid var(--fake);
  padding-left: 0.6rem;
}

.plane.drawable {
  cursor: crosshair;
  touch-action: none;
}

fieldset {
  border: 1px solid var(--line);
  border-radius: 5px;
  margin: 0;
  padding: 0.2rem 0.6rem 0.4rem;
  font-size: 0.9em;
}

.controls {
  margin: 0.6rem 0 0;
}

details .grid {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(8.2rem, 1fr));
  gap: 0.5rem 0.8rem;
  margin-top: 0.5rem;
}

details .grid label {
  display: flex;
  flex-direction: column;
  font-size: 0.9em;
}

summary {
  cursor: pointer;
}

select {
  max-width: 100%;
}

input[data-setting="seed"] {
  width: 6.5rem;
}

.link {
  flex: 1 1 10rem;
  min-width: 0;
  font-size: 0.85em;
}

.clear:not(.shown),
.link:not(.shown) {
  display: none;
}

.tour {
  border: 2px solid var(--real);
  border-radius: 6px;
  padding: 0.2rem 0.75rem 0.6rem;
  margin: 0.5rem 0;
}

.tour:empty {
  display: none;
}

@media print {
  fieldset,
  .status,
  .tour {
    display: none;
  }
}
`;var x=class{values;length=0;stride=1;sum=0;count=0;constructor(t){this.values=new Float32Array(t)}add(t){this.sum+=t,this.count+=1,!(this.count<this.stride)&&(this.length===this.values.length&&this.halve(),!(this.count<this.stride)&&(this.values[this.length++]=this.sum/this.count,this.sum=0,this.count=0))}clear(){this.length=this.sum=this.count=0,this.stride=1}halve(){this.length/=2;for(let t=0;t<this.length;t++)this.values[t]=(this.values[2*t]+this.values[2*t+1])/2;this.stride*=2}};var Ct=1e6,V=class{settings;preset;target;game;d_steps=0;g_steps=0;log=[];curves={d_loss:new x(240),g_loss:new x(240),d_norm:new x(240),g_norm:new x(240)};newKernels;first;constructor(t,e,s){this.newKernels=t,this.preset=e,this.settings={...b[e].settings,...s},this.restart()}restart(){let{settings:t}=this,e=this.newKernels();this.first={...t},this.target=xt(t.data,t.drawn);let s=_t(e,this.target,t.seed);this.game=new $(e,{...t},s,t.seed),this.d_steps=this.g_steps=0,this.log.length=0;for(let r of Object.values(this.curves))r.clear()}get ready(){return this.target.means.length>0}get alive(){let{d_loss:t,g_loss:e}=this.game;return Math.abs(t)!==1/0&&Math.abs(e)!==1/0&&!(this.d_steps&&Number.isNaN(t))&&!(this.g_steps&&Number.isNaN(e))}advance(t){let{game:e,curves:s}=this;t==="b"?e.step():t==="d"?e.discriminatorStep():e.generatorStep(),t!=="g"&&(this.d_steps+=t==="b"?this.settings.d_steps:1,s.d_loss.add(e.d_loss),s.d_norm.add(e.d_norm)),t!=="d"&&(this.g_steps+=1,s.g_loss.add(e.g_loss),s.g_norm.add(e.g_norm));let r=this.log[this.log.length-1];r&&"mover"in r&&r.mover===t?r.count+=1:this.log.push({mover:t,count:1})}change(t,e){let s=U(t,e),r=t;if(String(this.settings[r])!==String(s[r])){if(Object.assign(this.settings,s),Z.includes(r)){this.restart();return}Object.assign(this.game.rules,s),this.log.length?this.log.push({name:t,text:String(s[r])}):Object.assign(this.first,s)}}choose(t,e){this.preset=t,this.settings={...b[t].settings,...e},this.restart()}get caption(){let{seed:t,drawn:e,...s}=et(this.settings,this.preset);return Object.keys(s).length===0?b[this.preset].caption:"Your own settings: nobody has counted what they do."}write(){let t=this.log.map(s=>"mover"in s?`${s.mover}${s.count}`:`${s.name}-${s.text}`),e={preset:this.preset,...et(this.first,this.preset)};return t.length?{...e,log:t.join("*")}:e}*replay(t){for(let e of t){if("name"in e){this.change(e.name,e.text);continue}for(let s=0;s<e.count&&this.alive;s++)this.advance(e.mover),yield}}};function Q(a){let{preset:t="ring",log:e="",...s}=a;if(!Object.hasOwn(b,t))throw new Error(`preset is ${t}, but must be one of ${Object.keys(b).join(", ")}.`);let r={};for(let[i,n]of Object.entries(s))Object.assign(r,U(i,n));return{preset:t,settings:r,log:pe(e)}}function pe(a){let t=a.split("*").filter(Boolean).map(me),e=t.reduce((s,r)=>s+("mover"in r?r.count:0),0);if(e>Ct)throw new Error(`log asks for ${e} steps, but at most ${Ct} are played.`);return t}function me(a){let t=/^([bdg])(\d+)$/.exec(a);if(t)return{mover:t[1],count:Number(t[2])};let e=/^([a-z0-9_]+)-(.+)$/.exec(a);if(e&&!Z.includes(e[1]))return U(e[1],e[2]),{name:e[1],text:e[2]};throw new Error(`log holds ${a}, but must be moves such as b400, d1, g1 and settings such as g_lr-0.01, joined by stars.`)}function Gt(a,t,e,s){let r=Math.min(devicePixelRatio||1,2),i=Math.round(a.clientWidth*r),n=Math.round(a.clientHeight*r);if(!i||!n)return;a.width!==i&&(a.width=i),a.height!==n&&(a.height=n);let l=a.getContext("2d");if(!l)return;l.clearRect(0,0,i,n);let{values:o,length:h}=t,[d,c]=ge(o,h);if(l.strokeStyle=s.line,l.lineWidth=r,l.strokeRect(r/2,r/2,i-r,n-r),h<2)return;let u=3*r,f=c-d||1;l.strokeStyle=e,l.lineWidth=1.5*r,l.beginPath();for(let p=0;p<h;p++){let T=u+(i-2*u)*p/(h-1),lt=n-u-(n-2*u)*(o[p]-d)/f;p?l.lineTo(T,lt):l.moveTo(T,lt)}l.stroke()}function ge(a,t){let e=1/0,s=-1/0;for(let r=0;r<t;r++)Number.isFinite(a[r])&&(e=Math.min(e,a[r]),s=Math.max(s,a[r]));return[e,s]}var nt={game:[{text:"Two networks that know nothing. The forgeries are a small heap; the detective says about one half everywhere, so the background is nearly plain.",preset:"ring",show:["wash"]},{text:"The detective alone has made 100 steps. It says “real” where the data are and “forged” where the heap is. The arrows are all that the forger ever learns: in which direction each forgery would look more real.",until:{mover:"d",steps:100},show:["wash","pull"]},{text:"Both have moved in turn, 200 times. The heap has opened, because its points are pulled in different directions.",until:{mover:"b",steps:200}},{text:"1,000 steps. All clusters have forgeries, and there are bridges between them: the generator is continuous, so it cannot jump. The grid shows how it bends the plane of z onto the data.",until:{mover:"b",steps:1e3},show:["wash","lines"]},{text:"3,000 steps. The clusters are tighter. The detective’s loss is near 2 log 2 = 1.39, what one who cannot tell would score. Now it is yours: change the seed, the loss, the rates.",until:{mover:"b",steps:3e3},show:["wash"]}],collapse:[{text:"The same data, but a forger with ten times the detective’s learning rate, and a long memory (β₁ = 0.9).",preset:"ring-collapse",show:["wash","pull"]},{text:"200 steps. The forgeries are in one heap, and the arrows in it nearly agree: what looks more real to this detective is the same for all of them. Nothing pulls them apart.",until:{mover:"b",steps:200}},{text:"800 steps. The detective has marked where the heap was; the heap is elsewhere. One picture shows collapse, two show that it wanders.",until:{mover:"b",steps:800}},{text:"Equal rates and a short memory, the same first weights, data and noise: all eight clusters.",preset:"ring",until:{mover:"b",steps:2e3},show:["wash"]}]};var it={numPoints:256,side:40,extent:g},at=6,fe=500,be=null,D=class a extends j{static wasm;session;inspector;picture;drawing;loop=new H(t=>this.frame(t));work=null;resting=!1;lastPaint=-1/0;tour=null;async build(){let t=await(be??=bt(a.wasm)),e=this.words(),s,r="";try{s=Q(e)}catch(n){r=`This link cannot be followed: ${n.message}`,s=Q({})}this.fill(It+Ot,$t()),this.session=new V(()=>vt(t),s.preset,s.settings);let i=this.find(".plane");this.picture=new K(i),this.drawing=new z(i,{drawn:()=>this.session.settings.drawn,changed:n=>this.change("drawn",tt(n)),moved:()=>this.paint()}),this.find("[data-speed]").value=String(Ft),this.listen(),this.begin(),this.tell(r),s.log.length&&this.follow(s.log),new ResizeObserver(()=>this.repaint()).observe(this)}words(){let t=this.id?Rt(this.id,location.href):null;if(t)return t;let e=this.getAttribute("state");if(e)return Object.fromEntries(new URLSearchParams(e));let s=["preset","log",...Object.keys(G)];return Object.fromEntries(s.filter(r=>this.hasAttribute(r)).map(r=>[r,this.getAttribute(r)??""]))}get state(){return new URLSearchParams(this.session.write()).toString()}get measures(){let{game:t,d_steps:e,g_steps:s}=this.session,{d_loss:r,g_loss:i,d_norm:n,g_norm:l}=t;return this.inspector.lookAtFakes(),{d_steps:e,g_steps:s,d_loss:r,g_loss:i,d_norm:n,g_norm:l,...this.inspector.coverage(),...this.inspector.moments()}}jump(t){this.halt();let{preset:e,settings:s,log:r}=Q(Object.fromEntries(new URLSearchParams(t)));this.session.choose(e,s);for(let i of this.session.replay(r));return this.begin(),this.measures}screenChanged(){!this.onScreen&&this.loop.running?(this.resting=!0,this.loop.stop()):this.onScreen&&this.resting&&(this.resting=!1,this.loop.start())}repaint(){this.inspector&&(this.picture.fit(),this.paint())}begin(){this.inspector=new I(this.session.game,this.session.target,it),this.drawing.set(this.session.settings.data==="drawn"),this.showSettings(),this.picture.fit(),this.paint(),this.say()}train(){let t=()=>st[Number(this.find("[data-speed]").value)].steps;this.go(()=>(W(at,t(),()=>this.advance("b")),this.session.alive))}follow(t){let e=this.session.replay(t);this.go(()=>{let s=!1;return W(at,1/0,()=>!(s=e.next().done)),s&&this.showSettings(),!s})}go(t){if(!this.session.ready){this.tell("There is nothing to learn from yet: click into the picture to draw data.");return}this.tell(""),this.work=t,this.showRunning(),this.onScreen?this.loop.start():this.resting=!0}halt(){this.work&&(this.work=null,this.resting=!1,this.loop.stop(),this.showRunning(),this.paint(),this.say())}advance(t){return this.session.advance(t),this.session.alive}frame(t){if(!this.work?.()){this.halt(),this.session.alive||this.tell("The losses have left the numbers: the learning rates are too large for this game, or nothing holds a Wasserstein critic back. Lower the rates and press Reset.");return}mt()&&t-this.lastPaint<fe||(this.lastPaint=t,this.paint())}step(t){if(this.halt(),!this.session.ready)return this.go(()=>!1);this.session.alive&&this.advance(t),this.paint(),this.say()}change(t,e){try{let{game:s}=this.session;this.session.change(t,e),this.tell(""),s!==this.session.game?(this.halt(),this.begin()):this.showSettings()}catch(s){this.tell(s.message),this.showSettings()}}choose(t){this.halt(),this.session.choose(t,{seed:this.session.settings.seed}),this.begin()}listen(){this.shadow.addEventListener("click",t=>{let e=t.target.closest("[data-do]");e&&this.press(e.dataset.do??"")}),this.shadow.addEventListener("change",t=>{let e=t.target,{setting:s,preset:r,offer:i,show:n}=e.dataset;s?this.change(s,e.value):r!==void 0?this.choose(e.value):i!==void 0?this.offer(Number(e.value)):n&&this.paint()})}press(t){t==="train"?this.work?this.halt():this.train():t==="d"||t==="g"||t==="b"?this.step(t):t==="reset"?(this.halt(),this.session.restart(),this.tell(""),this.begin()):t==="clear"?this.change("drawn",""):t==="link"?this.copyLink():t==="tour"?this.startTour():t==="next"?this.nextStop():t==="end"&&this.endTour()}offer(t){let{loss:e,restraint:s,strength:r}=S[t];this.change("loss",e),this.change("restraint",s),this.change("strength",String(r))}async copyLink(){let e=document.body.dataset.jpThemeLight!==void 0||window!==top||!this.id?`live.playground(state="${this.state}")`:Pt(this.id,this.session.write(),location.href),s=this.find(".link");s.value=e,s.classList.add("shown"),s.select();try{await navigator.clipboard.writeText(e),this.say("Copied. Whoever opens it sees this state, number for number.")}catch{this.say("Select it and copy: the browser does not let this page do it.")}}startTour(){let t=this.getAttribute("tour")??"game";this.tour={stops:nt[t]??nt.game,at:-1},this.nextStop()}nextStop(){let{tour:t}=this;if(!t||t.at+1>=t.stops.length)return this.endTour();t.at+=1;let e=t.stops[t.at],{preset:s,show:r,until:i}=e;s&&this.choose(s);for(let l of this.shadow.querySelectorAll("[data-show]"))r&&(l.checked=r.includes(l.dataset.show??""));let n=t.at+1===t.stops.length;this.find(".tour").innerHTML=`<p role="status"></p><div class="row"><button type="button" class="main"
        data-do="next">${n?"Done":"Next"}</button>
        <span class="muted">${t.at+1} of ${t.stops.length}</span>
        <button type="button" data-do="end">Leave the tour</button></div>`,this.find(".tour p").textContent=e.text,this.find("[data-do=next]").focus(),i?this.goUntil(i.mover,i.steps):this.paint()}goUntil(t,e){let s=()=>this.session[t==="d"?"d_steps":"g_steps"],r=t==="d"?1:8;this.go(()=>(W(at,r,()=>s()<e&&this.advance(t)),s()<e&&this.session.alive))}endTour(){this.tour=null,this.find(".tour").replaceChildren(),this.find("[data-do=tour]").focus()}shown(t){return this.find(`[data-show=${t}]`).checked}paint(){let{inspector:t,session:e}=this,s=ut(),r=this.shown("wash"),i=this.shown("pull"),n=this.shown("lines");t.lookAtFakes(),r&&t.lookAtWash(),i&&t.lookAtPull(),n&&t.lookAtLines(),this.picture.paint({extent:it.extent,side:it.side,wash:r?t.wash:void 0,real:t.real,fake:t.fake,pull:i?t.pull:void 0,lines:n?t.lines:void 0,drawn:e.settings.data==="drawn"?e.settings.drawn:void 0,cross:this.drawing.cross??void 0},s);for(let{name:l,colour:o}of rt){let h=this.find(`canvas[data-curve=${l}]`);Gt(h,e.curves[l],s[o],s),this.find(`output[data-curve=${l}]`).textContent=ot(e.game[l])}this.showCounts()}showCounts(){let{parts:t,quality:e}=this.inspector.coverage(),{target:s}=this.session;for(let r of["g_steps","d_steps"])this.find(`[data-read=${r}]`).textContent=this.session[r].toLocaleString("en");this.find("[data-read=parts]").textContent=Ut(t,s.numParts,s.part),this.find("[data-read=quality]").textContent=`${Math.round(100*e)} %`}showSettings(){let{settings:t,preset:e}=this.session;for(let n of this.shadow.querySelectorAll("[data-setting]"))n.value=String(t[n.dataset.setting]);this.find("[data-preset]").value=e;let s=S.findIndex(n=>n.loss===t.loss&&n.restraint===t.restraint);this.find("[data-offer]").value=String(s);let r=S[s]?.symbol??"strength";this.find("[data-strength] span").textContent=r||"Strength (none here)",this.find("[data-setting=strength]").disabled=!r,this.find("[data-do=clear]").classList.toggle("shown",t.data==="drawn");let i=this.inspector.onlyDifferences;this.find("[data-low]").textContent=i?"D’s score: lower":"D says: forged",this.find("[data-high]").textContent=i?"higher":"real",this.find(".caption").textContent=this.session.caption}showRunning(){this.find("[data-do=train]").textContent=this.work?"Pause":"Train"}tell(t){this.find(".message").textContent=t}say(t=""){let{game:e,target:s,d_steps:r,g_steps:i}=this.session,{parts:n,quality:l}=this.inspector.coverage(),o=i&&r?` The detective’s loss is ${ot(e.d_loss)}, the forger’s ${ot(e.g_loss)}.`:"",h=`Step ${i.toLocaleString("en")}: forgeries lie on ${Ut(n,s.numParts,s.part)}, ${Math.round(100*l)} % of them within three standard deviations of a centre.${o}`;this.find(".status").textContent=t||h;let d=this.find(".plane"),c=this.session.settings.data==="drawn";d.setAttribute("role",c?"application":"img"),d.setAttribute("aria-label",c?`A sheet to draw data on. Arrow keys move a cross, Enter sets a cluster at it, Backspace takes the last one away. ${h}`:`Data as dots and forgeries as triangles in the plane. ${h}`)}};function Ut(a,t,e){return`${a} of ${t} ${e}${t===1?"":"s"}`}function ot(a){return Number.isNaN(a)?"–":a.toPrecision(3).replace("-","−")}D.wasm=dt;gt("gan-playground",D);})();
