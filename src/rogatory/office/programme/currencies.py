"""Currencies of ISO 4217 and their amounts: whole numbers of the smallest unit, so that every sum is exact.

Amounts of two currencies are never added: there is no function here that could.
"""

import re
from decimal import Decimal

from django.utils import formats

#: Fractional digits (minor units) where they are not two.
_MINOR = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP "
    "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES "
    "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS "
    "TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG"
)
#: Code -> fractional digits.
DIGITS = {code: digits for digits, codes in ({**_MINOR, 2: _TWO}).items() for code in codes.split()}
#: What a budget line holds at most, in smallest units.
MOST = 10**15

#: Spaces that people set between groups of digits: plain, no-break, narrow no-break; and the apostrophe.
_GROUPING = re.compile("[ \u00a0\u202f']")
_AMOUNT = re.compile(r"(\d{1,16})(?:[.,](\d{1,4}))?", re.ASCII)


def read(text: str, currency: str) -> int | None:
    """The smallest units that *text* (`1 234,50` or `1234.50`) says; `None` for what is not an amount of *currency*.

    Groups of digits are parted by spaces alone, because a comma or point before three digits could be either.
    """
    found = _AMOUNT.fullmatch(_GROUPING.sub("", text.strip()) or "0")
    digits = DIGITS.get(currency)
    if not found or digits is None:
        return None
    whole, part = found[1], (found[2] or "").rstrip("0")
    if len(part) > digits or (found[2] and len(found[2]) == 3 and digits != 3):
        return None
    units = int(whole) * 10**digits + int(part.ljust(digits, "0") or "0")
    return units if units <= MOST else None


def exact(units: int, currency: str) -> Decimal:
    """The amount of *units*, with the fractional digits of *currency*."""
    return Decimal(units).scaleb(-DIGITS[currency])


def shown(units: int, currency: str) -> str:
    """The amount as people write it in the language of the page, without the currency's code."""
    return formats.number_format(exact(units, currency), DIGITS[currency], force_grouping=True)
