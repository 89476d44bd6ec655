"""Trains a forest on scikit-learn's handwritten digits; mlflow logs it by itself."""

import argparse

import mlflow
import mlflow.sklearn
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser()
parser.add_argument("--max-depth", type=int, default=8)
parser.add_argument("--model", required=True)
arguments = parser.parse_args()

# No start_run: in a job there is a run already.
mlflow.autolog(log_models=False)
images, labels = load_digits(return_X_y=True)
train, test, train_labels, test_labels = train_test_split(images, labels, random_state=7)
forest = RandomForestClassifier(max_depth=arguments.max_depth, n_estimators=50, random_state=7)
forest.fit(train, train_labels)
accuracy = forest.score(test, test_labels)
mlflow.log_metric("accuracy", accuracy)
mlflow.sklearn.save_model(forest, arguments.model, serialization_format="pickle")
print(f"accuracy {accuracy:.3f}")
