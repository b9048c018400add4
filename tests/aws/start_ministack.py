"""MiniStack, with a filter of CloudWatch Logs that it lacks: ?"one" ?"other" finds the lines that have any of them."""

import re
import runpy

from ministack.services import cloudwatch_logs

compile_pattern = cloudwatch_logs._compile_filter_pattern


def compile_any(raw):
    terms = [term.strip('"') for term in re.findall(r'\?("[^"]*"|\S+)', raw or "")]
    if not terms:
        return compile_pattern(raw)
    return lambda message: any(term in message for term in terms)


cloudwatch_logs._compile_filter_pattern = compile_any
runpy.run_module("ministack", run_name="__main__")
